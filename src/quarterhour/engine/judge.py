"""Let every rule judge: give it the rows that concern it, keep what it hits, and count what could not be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry
from quarterhour.rules.contract import Hits, Rule
from quarterhour.rules.facts import Facts

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
_HOLDS: Final = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule hit: per hit the visit, the line (row of the line table, ABSENT: the whole visit) and numbers."""

    entry: Entry
    visits: IntArray
    lines: IntArray
    hits: Hits


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Visits a rule concerns and could not judge, and why."""

    entry: Entry
    reason: str
    visits: IntArray


@dataclass(frozen=True, slots=True)
class Judgement:
    """All verdicts on a batch."""

    facts: Facts
    verdicts: tuple[Verdict, ...]
    not_checked: tuple[NotChecked, ...]


def judge(facts: Facts, policy: Policy, entries: Sequence[Entry]) -> Judgement:
    """Run the rules over the facts, each over the rows of its table that it concerns."""
    guard = _Guard(facts, policy)
    verdicts = []
    for entry in entries:
        rows = guard.rows(entry)
        if rows is None or not rows.size:
            continue
        hits = entry.rule.find(facts, rows)
        if hits.rows.size:
            table = getattr(facts, entry.rule.over)
            verdicts.append(Verdict(entry, table.visit[hits.rows], table.line[hits.rows], hits))
    return Judgement(facts, tuple(verdicts), tuple(guard.not_checked))


@dataclass(slots=True)
class _Guard:
    """Which rows concern a rule; what is the same for many rules is worked out once."""

    facts: Facts
    policy: Policy
    not_checked: list[NotChecked] = field(default_factory=list)
    _all_rows: dict[str, IntArray] = field(default_factory=dict)
    _terms: dict[tuple[str, str], tuple[BoolArray, BoolArray]] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=dict)
    _absent: dict[tuple[str, str], BoolArray] = field(default_factory=dict)
    _modifiers: int = -1

    def rows(self, entry: Entry) -> IntArray | None:
        """The rows of the rule's table it concerns and that can be judged."""
        rule = entry.rule
        rows = self._all_rows.get(rule.over)
        if rows is None:
            rows = self._all_rows[rule.over] = np.arange(getattr(self.facts, rule.over).visit.size)
        if not rows.size or not self._has_modifiers(rule):
            return None
        if rule.applies:
            holds, unknown = self._term(rule.over, rule.applies)
            if unknown.any():
                self._say(entry, unknown, f"the payer's term {rule.applies} is not known for the date of service")
            rows = rows[holds]
        if rule.reads and rows.size:
            rows = self._in_known_days(entry, rows)
        for column in rule.needs:
            if rows.size:
                rows = self._with_column(entry, rows, column)
        return rows

    def _has_modifiers(self, rule: Rule) -> bool:
        if not rule.modifiers:
            return True
        if self._modifiers < 0:
            self._modifiers = int(np.bitwise_or.reduce(self.facts.line.modifiers, initial=0))
        return bool(self._modifiers & self.facts.modifiers(*rule.modifiers))

    def _term(self, over: str, term: str) -> tuple[BoolArray, BoolArray]:
        found = self._terms.get((over, term))
        if found is None:
            values = self.facts.term(term)[getattr(self.facts, over).visit]
            found = self._terms[over, term] = (values == _HOLDS, values < 0)
        return found

    def _in_known_days(self, entry: Entry, rows: IntArray) -> IntArray:
        """Drop the rows of days for which a parameter the rule reads is not known."""
        rule = entry.rule
        visit = getattr(self.facts, rule.over).visit
        for name in rule.reads:
            known_from = self._known.get(name)
            if known_from is None:
                known_from = self._known[name] = self.policy.parameter(name).known_from.toordinal()
            early = self.facts.visit.day[visit[rows]] < known_from
            if early.any():
                first = self.policy.parameter(name).known_from
                self._say(entry, self._mask(rule.over, rows[early]), f"{name} is not known before {first}")
                rows = rows[~early]
        return rows

    def _with_column(self, entry: Entry, rows: IntArray, column: str) -> IntArray:
        """Drop the rows where the record lacks what the rule needs."""
        over = entry.rule.over
        absent = self._absent.get((over, column))
        if absent is None:
            table, _, name = column.rpartition(".")
            values = getattr(getattr(self.facts, table or over), name)
            missing = ~values if values.dtype == np.bool_ else values == ABSENT
            absent = missing[getattr(self.facts, over).visit] if table else missing
            self._absent[over, column] = absent
        lacking = absent[rows]
        if lacking.any():
            self._say(entry, self._mask(over, rows[lacking]), f"the record has no {_words(column)}")
            rows = rows[~lacking]
        return rows

    def _mask(self, over: str, rows: IntArray) -> BoolArray:
        mask = np.zeros(getattr(self.facts, over).visit.size, dtype=np.bool_)
        mask[rows] = True
        return mask

    def _say(self, entry: Entry, mask: BoolArray, reason: str) -> None:
        visits = np.unique(getattr(self.facts, entry.rule.over).visit[mask])
        self.not_checked.append(NotChecked(entry, reason, visits))


def _words(column: str) -> str:
    return column.rpartition(".")[2].removesuffix("_given").replace("_", " ")
