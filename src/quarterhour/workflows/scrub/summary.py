"""What a scrub came to: counts by rule, payer and provider, and the charges that findings put at stake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT, IntArray
from quarterhour.domain.finding import SEVERITIES
from quarterhour.domain.money import Cents
from quarterhour.engine.derive.groups import distinct, group
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.scrub.merge import Block
from quarterhour.workflows.scrub.totals import Totals

#: From this severity on a finding puts its line's charge at stake.
_AT_RISK: Final = SEVERITIES.index("warning")
#: The kind of finding that says of a line that more could have been billed: its charge is no money asked for wrongly.
_TOO_FEW: Final = "units_under"


class Account:
    """Adds up blocks of findings as they are written."""

    def __init__(self, totals: Totals, entries: Sequence[Entry]) -> None:
        """Begin with nothing; what is found of payers and providers is added to ``totals``.

        ``entries`` are the rules by their numbers in blocks.
        """
        self._totals = totals
        self._too_few = np.array([entry.rule.kind == _TOO_FEW for entry in entries], dtype=np.bool_)
        self.findings = 0
        self.at_stake = 0
        self.under_billed = 0
        self.severities: Counter[int] = Counter()
        self.rules: Counter[int] = Counter()
        self.rule_visits: Counter[int] = Counter()
        self.rule_stake: Counter[int] = Counter()

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
        self.under_billed += int(stake.sum()) - self._beyond_too_few(visit, risky, columns)
        for name, names in (("payer", self._totals.payers), ("provider", self._totals.providers)):
            column = block.texts[name]
            texts, groups = column.dictionary.to_pylist(), column.indices.to_numpy().astype(np.int64)
            counts: Counter[int] = Counter()
            _count(counts, groups)
            amounts: Counter[int] = Counter()
            _count(amounts, groups[first][of_visit], stake)
            for number, count in counts.items():
                names.add(texts[number], findings=count, at_stake=amounts[number])

    def _beyond_too_few(self, visit: IntArray, risky: NDArray[np.bool_], columns: dict[str, IntArray]) -> int:
        """What is at stake by other findings than that too little was billed; ``risky`` are all that count."""
        others = risky & ~self._too_few[columns["rule"]]
        _, stake = stakes(visit[others], {name: values[others] for name, values in columns.items()})
        return int(stake.sum())


def summary_of(account: Account, totals: Totals, errors: int, entries: Sequence[Entry]) -> dict[str, Any]:
    """The counts, as a report has them; money as decimal texts."""
    return {
        "visits": totals.sums.visits,
        "lines": totals.sums.lines,
        "findings": account.findings,
        "errors": errors,
        "charge": str(Cents(totals.sums.charge)),
        "lines_without_charge": totals.without_charge,
        "at_stake": str(Cents(account.at_stake)),
        "under_billed": str(Cents(account.under_billed)),
        "by_severity": {
            name: account.severities[place]
            for place, name in reversed(list(enumerate(SEVERITIES)))
            if account.severities[place]
        },
        "by_rule": {
            entries[place].code: {
                "name": entries[place].name,
                "kind": entries[place].rule.kind,
                "findings": account.rules[place],
                "visits": account.rule_visits[place],
                "at_stake": str(Cents(account.rule_stake[place])),
            }
            for place in sorted(account.rules, key=lambda place: entries[place].code)
        },
        "by_payer": totals.payers.summary(),
        "by_provider": totals.providers.summary(),
    }


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
