"""Let every rule judge: give it the rows that concern it, keep what it hits, and count what could not be judged."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry
from quarterhour.rules.contract import TABLES, Hits, OfficialTable, Rule
from quarterhour.rules.facts import Facts

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
_HOLDS: Final = 1
#: Why visits could not be judged, and which.
_Lack = tuple[str, IntArray]
_FEW: Final = 24
_NEVER: Final = dt.date.max.toordinal()


class Verdict(msgspec.Struct, frozen=True):
    """What one rule hit: per hit the visit, the line (row of the line table, ABSENT: the whole visit) and numbers."""

    entry: Entry
    visits: IntArray
    lines: IntArray
    hits: Hits


class NotChecked(msgspec.Struct, frozen=True):
    """Visits a rule concerns and could not judge, and why."""

    entry: Entry
    reason: str
    visits: IntArray


class Judgement(msgspec.Struct, frozen=True):
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
            verdicts.append(Verdict(entry, *_where(facts, table.visit[hits.rows], table.line[hits.rows]), hits))
    return Judgement(facts, tuple(verdicts), tuple(guard.not_checked))


def _where(facts: Facts, visits: IntArray, lines: IntArray) -> tuple[IntArray, IntArray]:
    """The visits and lines of hits. A day may span several visits: the one a line stands in is the one meant."""
    if facts.visit.day.size == 1 or not facts.line.visit.size:
        return visits, lines
    return np.where(lines == ABSENT, visits, facts.line.visit[lines]), lines


class _Guard:
    """Which rows concern a rule; what is the same for many rules is worked out once."""

    __slots__ = (
        "_absent",
        "_all",
        "_bits",
        "_concerns",
        "_earliest",
        "_empty",
        "_facts",
        "_policy",
        "_rows",
        "_visit_bits",
        "not_checked",
    )

    def __init__(self, facts: Facts, policy: Policy) -> None:
        self._facts, self._policy = facts, policy
        self._all: dict[str, IntArray] = {}
        self._rows: dict[tuple[str, str | None], tuple[IntArray, IntArray]] = {}
        self._absent: dict[tuple[str, str], BoolArray | None] = {}
        self._concerns: dict[int, tuple[IntArray, list[_Lack]]] = {}
        self._bits = int(np.bitwise_or.reduce(facts.line.modifiers, initial=0))
        self._visit_bits = np.array([self._bits])
        if facts.visit.day.size > 1:
            self._visit_bits = np.zeros(facts.visit.day.size, dtype=np.int64)
            np.bitwise_or.at(self._visit_bits, facts.line.visit, facts.line.modifiers)
        self._empty = {over for over in TABLES if not getattr(facts, over).visit.size}
        self._earliest = int(facts.visit.day.min(initial=_NEVER))
        self.not_checked: list[NotChecked] = []

    def rows(self, entry: Entry) -> IntArray | None:
        """The rows of the rule's table it concerns and that can be judged; None where there can be none."""
        rule = entry.rule
        if rule.over in self._empty and not rule.tables:
            return None
        wanted = self._policy.modifiers.bits(*rule.modifiers) if rule.modifiers else 0
        if wanted and not self._bits & wanted:
            return None
        found = self._concerns.get(entry.concern)
        if found is None:
            found = self._concerns[entry.concern] = self._judgeable(rule)
        rows, lacks = found
        if wanted and self._visit_bits.size > 1:
            # Visits without such a modifier do not concern the rule, whatever stands on others of the batch.
            with_it = (self._visit_bits & wanted) != 0
            rows = rows[with_it[getattr(self._facts, rule.over).visit[rows]]]
            lacks = [(reason, visits[with_it[visits]]) for reason, visits in lacks]
        for reason, visits in lacks:
            if visits.size:
                self.not_checked.append(NotChecked(entry, reason, visits))
        return rows

    def _judgeable(self, rule: Rule) -> tuple[IntArray, list[_Lack]]:
        """Rows that concern the rule and can be judged, and for which visits something needed is lacking."""
        lacks: list[_Lack] = []
        key = (rule.over, rule.applies)
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = self._concerned(rule)
        rows, unknown = found
        if unknown.size:
            reason = f"the payer's term {rule.applies} is not known for the date of service"
            lacks.append(self._lack(rule, unknown, reason))
        for table in rule.tables:
            rows = self._covered(rule, rows, table, lacks)
        if not rows.size:
            return rows, lacks
        if rule.reads and _known_from(self._policy, rule.reads) > self._earliest:
            for name in rule.reads:
                rows = self._in_known_days(rule, rows, name, lacks)
        for column in rule.needs:
            rows = self._with_column(rule, rows, column, lacks)
        return rows, lacks

    def _concerned(self, rule: Rule) -> tuple[IntArray, IntArray]:
        """Rows of a table whose payer has the term, and rows for which that is not known."""
        visit = getattr(self._facts, rule.over).visit
        rows = self._all.get(rule.over)
        if rows is None:
            rows = self._all[rule.over] = np.arange(visit.size)
        if rule.applies is None:
            return rows, rows[:0]
        values = self._facts.term(rule.applies)
        if values.size == 1:  # one visit: all rows or none
            held = values[0]
            return rows if held == _HOLDS else rows[:0], rows if held < 0 else rows[:0]
        values = values[visit]
        return rows[values == _HOLDS], rows[values < 0]

    def _covered(self, rule: Rule, rows: IntArray, table: OfficialTable, lacks: list[_Lack]) -> IntArray:
        """Drop the rows of days before an official table begins; of such days the table may have no rows at all."""
        begins = _begins(self._policy, table)
        if begins <= self._earliest:
            return rows
        visit = self._facts.visit
        early = visit.day < begins
        concerned = early & (visit.billed_lines > 0)
        if rule.applies:
            concerned &= self._facts.term(rule.applies) == _HOLDS
        if concerned.any():
            title = self._policy.releases(table)[0].title
            reason = f"not known before {dt.date.fromordinal(begins)}: {title}"
            lacks.append((reason, np.flatnonzero(concerned)))
        covered: IntArray = rows[~early[getattr(self._facts, rule.over).visit[rows]]]
        return covered

    def _in_known_days(self, rule: Rule, rows: IntArray, name: str, lacks: list[_Lack]) -> IntArray:
        """Drop the rows of days for which a parameter the rule reads is not known."""
        first = self._policy.parameter(name).known_from
        early = self._facts.visit.day[getattr(self._facts, rule.over).visit[rows]] < first.toordinal()
        if early.any():
            lacks.append(self._lack(rule, rows[early], f"{name} is not known before {first}"))
        late: IntArray = rows[~early]
        return late

    def _with_column(self, rule: Rule, rows: IntArray, column: str, lacks: list[_Lack]) -> IntArray:
        """Drop the rows where the record lacks what the rule needs."""
        key = (rule.over, column)
        if key not in self._absent:
            self._absent[key] = self._lacking(*key)
        absent = self._absent[key]
        if absent is None or not rows.size:
            return rows
        lacking = absent[rows]
        if not lacking.any():
            return rows
        lacks.append(self._lack(rule, rows[lacking], f"the record has no {_words(column)}"))
        return rows[~lacking]

    def _lacking(self, over: str, column: str) -> BoolArray | None:
        """Which rows of a table lack a column, of their own or of another table; None where none does."""
        table, _, name = column.rpartition(".")
        values = getattr(getattr(self._facts, table or over), name)
        lack = False if values.dtype == np.bool_ else ABSENT
        # For a few rows a look through a list beats setting up an array comparison.
        if lack not in (values.tolist() if values.size <= _FEW else values):
            return None
        missing: BoolArray = values == lack
        return missing[getattr(self._facts, over).visit] if table else missing

    def _lack(self, rule: Rule, rows: IntArray, reason: str) -> _Lack:
        visits = getattr(self._facts, rule.over).visit[rows]
        if visits.size == 1:
            return reason, visits
        # Marking costs a pass; sorting out what is distinct would cost a sort for every rule that lacks something.
        lacking = np.zeros(self._facts.visit.day.size, dtype=np.bool_)
        lacking[visits] = True
        return reason, np.flatnonzero(lacking)


@functools.cache
def _begins(policy: Policy, table: OfficialTable) -> int:
    """The first day (ordinal) of an official table."""
    return min(release.covers_from.toordinal() for release in policy.releases(table))


@functools.cache
def _known_from(policy: Policy, names: tuple[str, ...]) -> int:
    """The first day (ordinal) for which all of the parameters are known."""
    return max(policy.parameter(name).known_from.toordinal() for name in names)


def _words(column: str) -> str:
    return column.rpartition(".")[2].removesuffix("_given").replace("_", " ")
