"""What a scrub came to: counts by rule, payer and provider, and the charges that findings put at stake."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from quarterhour.domain.columns import ABSENT, IntArray
from quarterhour.domain.finding import SEVERITIES
from quarterhour.domain.money import Cents
from quarterhour.engine.derive.groups import distinct, group
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.scrub.judge import Judged, Sums
from quarterhour.workflows.scrub.merge import Block

#: From this severity on a finding puts its line's charge at stake.
_AT_RISK: Final = SEVERITIES.index("warning")
_NOTHING: Final[Counter[str]] = Counter()


class Account:
    """Adds up blocks of findings as they are written."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.findings = 0
        self.at_stake = 0
        self.severities: Counter[int] = Counter()
        self.rules: Counter[int] = Counter()
        self.rule_visits: Counter[int] = Counter()
        self.rule_stake: Counter[int] = Counter()
        self.by: dict[str, dict[str, Counter[str]]] = {
            "payer": defaultdict(Counter),
            "provider": defaultdict(Counter),
        }

    def add(self, block: Block) -> None:
        """Count a block. A visit's findings are all in one."""
        columns = block.columns
        self.findings += columns["place"].size
        _count(self.severities, columns["severity"])
        _count(self.rules, columns["rule"])
        visits = group(columns["place"])
        visit, first = visits.of, visits.first
        rules = int(columns["rule"].max()) + 1
        of_rule, stake = stakes(visit * rules + columns["rule"], columns)
        _count(self.rule_visits, of_rule % rules)
        _count(self.rule_stake, of_rule % rules, stake)
        risky = columns["severity"] >= _AT_RISK
        of_visit, stake = stakes(visit[risky], {name: values[risky] for name, values in columns.items()})
        self.at_stake += int(stake.sum())
        for name, texts in (("payer", block.words.payers), ("provider", block.words.providers)):
            groups = columns[name]
            counts: Counter[int] = Counter()
            _count(counts, groups)
            for number, count in counts.items():
                self.by[name][texts[number]]["findings"] += count
            amounts: Counter[int] = Counter()
            _count(amounts, groups[first][of_visit], stake)
            for number, amount in amounts.items():
                self.by[name][texts[number]]["at_stake"] += amount


def summary_of(account: Account, judged: Sequence[Judged], errors: int, entries: Sequence[Entry]) -> dict[str, Any]:
    """The counts, as a report has them; money as decimal texts."""
    total = _total([one.sums for one in judged])
    return {
        "visits": total.visits,
        "lines": total.lines,
        "findings": account.findings,
        "errors": errors,
        "charge": str(Cents(total.charge)),
        "lines_without_charge": sum(one.without_charge for one in judged),
        "at_stake": str(Cents(account.at_stake)),
        "by_severity": {
            name: account.severities[place]
            for place, name in reversed(list(enumerate(SEVERITIES)))
            if account.severities[place]
        },
        "by_rule": {
            entries[place].code: {
                "name": entries[place].name,
                "findings": account.rules[place],
                "visits": account.rule_visits[place],
                "at_stake": str(Cents(account.rule_stake[place])),
            }
            for place in sorted(account.rules, key=lambda place: entries[place].code)
        },
        "by_payer": _by("payer", account, [one.payers for one in judged]),
        "by_provider": _by("provider", account, [one.providers for one in judged]),
    }


def _by(name: str, account: Account, parts: Sequence[dict[str, Sums]]) -> dict[str, dict[str, Any]]:
    sums: dict[str, Sums] = {}
    for part in parts:
        for key, one in part.items():
            _add(sums.setdefault(key, Sums()), one)
    found = {}
    for key in sorted(sums):
        one, counts = sums[key], account.by[name].get(key, _NOTHING)
        found[key] = {
            "visits": one.visits,
            "lines": one.lines,
            "charge": str(Cents(one.charge)),
            "findings": counts["findings"],
            "at_stake": str(Cents(counts["at_stake"])),
        }
    return found


def _total(parts: Sequence[Sums]) -> Sums:
    total = Sums()
    for one in parts:
        _add(total, one)
    return total


def _add(total: Sums, one: Sums) -> None:
    total.visits += one.visits
    total.lines += one.lines
    total.charge += one.charge


def stakes(keys: IntArray, columns: dict[str, IntArray]) -> tuple[IntArray, IntArray]:
    """The charge at stake for every different key: each line once, the whole visit where a finding is about it."""
    if not keys.size:
        return keys, keys
    lines = group(keys, columns["number"]).first
    alike = group(keys[lines])
    place, different = alike.of, keys[lines[alike.first]]
    whole = columns["number"][lines] == ABSENT
    stake, of_visit = np.zeros((2, different.size), dtype=np.int64)
    np.add.at(stake, place[~whole], columns["line_charge"][lines][~whole])
    np.maximum.at(of_visit, place[whole], columns["visit_charge"][lines][whole])
    is_whole = np.zeros(different.size, dtype=np.bool_)
    is_whole[place[whole]] = True
    return different, np.where(is_whole, of_visit, stake)


def _count(counter: Counter[int], keys: IntArray, amounts: IntArray | None = None) -> None:
    different, places = distinct(keys)
    sums = np.zeros(different.size, dtype=np.int64)
    np.add.at(sums, places, 1 if amounts is None else amounts)
    counter.update(dict(zip(different.tolist(), sums.tolist(), strict=True)))
