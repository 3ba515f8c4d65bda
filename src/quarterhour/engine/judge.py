"""Let every rule judge: give it the rows that concern it, keep what it hits, and count what could not be judged."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from typing import Any, Final, Generic, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry
from quarterhour.rules.claim_facts import WHY_LACKING, FactsOfClaims
from quarterhour.rules.contract import CLAIM_TABLES, VISIT_TABLES, Hits, OfficialTable, Over, Rule
from quarterhour.rules.facts import Facts

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
F = TypeVar("F", Facts, FactsOfClaims)
_HOLDS: Final = 1
#: Why visits could not be judged, and which.
_Lack = tuple[str, IntArray]
_FEW: Final = 24
_NEVER: Final = dt.date.max.toordinal()


class Verdict(msgspec.Struct, frozen=True):
    """What one rule hit: per hit the visit or claim, the line (a row of lines, ABSENT: the whole), the numbers."""

    entry: Entry
    visits: IntArray
    lines: IntArray
    hits: Hits


class NotChecked(msgspec.Struct, frozen=True):
    """Visits or claims a rule concerns and could not judge, and why."""

    entry: Entry
    reason: str
    visits: IntArray


class Judgement(msgspec.Struct, Generic[F], frozen=True):
    """All verdicts on a batch."""

    facts: F
    verdicts: tuple[Verdict, ...]
    not_checked: tuple[NotChecked, ...]


def judge(facts: F, policy: Policy, entries: Sequence[Entry]) -> Judgement[F]:
    """Run the rules over the facts, each over the rows of its table that it concerns; rules over other facts rest."""
    guard = _Guard(facts, policy, frozenset(entry.rule.over for entry in entries))
    verdicts = []
    for entry in entries:
        if entry.rule.over not in guard.tables:
            continue
        rows = guard.rows(entry)
        if rows is None or not rows.size:
            continue
        find: Any = entry.rule.find  # takes the facts that have its table
        hits: Hits = find(facts, rows)
        if hits.rows.size:
            lines = getattr(facts, entry.rule.over).line[hits.rows]
            verdicts.append(Verdict(entry, guard.standing_in(entry.rule.over, hits.rows, lines), lines, hits))
    return Judgement(facts, tuple(verdicts), tuple(guard.not_checked))


class _Guard:
    """Which rows concern a rule; what is the same for many rules is worked out once."""

    __slots__ = (
        "_absent",
        "_all",
        "_bits",
        "_carrying",
        "_concerns",
        "_earliest",
        "_empty",
        "_facts",
        "_of_claims",
        "_owner_bits",
        "_policy",
        "_rows",
        "not_checked",
        "tables",
    )

    def __init__(self, facts: Facts | FactsOfClaims, policy: Policy, read: frozenset[Over]) -> None:
        self._facts, self._policy = facts, policy
        self._of_claims = isinstance(facts, FactsOfClaims)
        self.tables: tuple[Over, ...] = CLAIM_TABLES if self._of_claims else VISIT_TABLES
        self._all: dict[str, IntArray] = {}
        self._rows: dict[tuple[str, str | None], tuple[IntArray, IntArray]] = {}
        self._absent: dict[tuple[Over, str], BoolArray | None] = {}
        self._concerns: dict[int, tuple[IntArray, list[_Lack]]] = {}
        self._carrying: dict[tuple[Over, int], tuple[BoolArray, BoolArray]] = {}
        lines = facts.claim_line if isinstance(facts, FactsOfClaims) else facts.line
        owners = self.owners(self.tables[0]).size
        self._bits = int(np.bitwise_or.reduce(lines.modifiers, initial=0))
        self._owner_bits = np.array([self._bits])
        if owners > 1:
            self._owner_bits = np.zeros(owners, dtype=np.int64)
            np.bitwise_or.at(
                self._owner_bits, self.owners("claim_line" if self._of_claims else "line"), lines.modifiers
            )
        self._empty = {over for over in self.tables if over in read and not self.owners(over).size}
        self._earliest = int(facts.days.min(initial=_NEVER))
        self.not_checked: list[NotChecked] = []

    def owners(self, over: Over) -> IntArray:
        """For every row of a table the visit or claim it belongs to."""
        table = getattr(self._facts, over)
        owners: IntArray = table.claim if self._of_claims else table.visit
        return owners

    def standing_in(self, over: Over, rows: IntArray, lines: IntArray) -> IntArray:
        """The visits or claims of hits. A day may span several visits: the one a hit's line stands in is meant."""
        owners = self.owners(over)[rows]
        if self._owner_bits.size == 1 or not (lines != ABSENT).any():
            return owners
        return np.where(lines == ABSENT, owners, self.owners("claim_line" if self._of_claims else "line")[lines])

    def _subjects(self, over: Over) -> IntArray:
        """For every row of a table the subject whose day and payer hold for it."""
        table = getattr(self._facts, over)
        subjects: IntArray = table.subject if self._of_claims else table.visit
        return subjects

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
        if wanted and self._owner_bits.size > 1:
            # Visits and claims without such a modifier do not concern the rule, whatever stands on others of the batch.
            with_it, on_row = self._with_modifier(rule.over, wanted)
            rows = rows[np.flatnonzero(on_row[rows])]
            lacks = [(reason, visits[with_it[visits]]) for reason, visits in lacks]
        for reason, visits in lacks:
            if visits.size:
                self.not_checked.append(NotChecked(entry, reason, visits))
        return rows

    def _with_modifier(self, over: Over, wanted: int) -> tuple[BoolArray, BoolArray]:
        """Which visits or claims have one of some modifiers on a line, and which rows of a table are theirs."""
        found = self._carrying.get((over, wanted))
        if found is None:
            with_it = (self._owner_bits & wanted) != 0
            found = self._carrying[over, wanted] = with_it, with_it[self.owners(over)]
        return found

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
        subject = self._subjects(rule.over)
        rows = self._all.get(rule.over)
        if rows is None:
            rows = self._all[rule.over] = np.arange(subject.size)
        if rule.applies is None:
            return rows, rows[:0]
        values = self._facts.term(rule.applies)
        if values.size == 1:  # one visit: all rows or none
            held = values[0]
            return rows if held == _HOLDS else rows[:0], rows if held < 0 else rows[:0]
        holds, unknown = values == _HOLDS, values < 0
        return (
            rows if holds.all() else np.flatnonzero(holds[subject]),
            np.flatnonzero(unknown[subject]) if unknown.any() else rows[:0],
        )

    def _covered(self, rule: Rule, rows: IntArray, table: OfficialTable, lacks: list[_Lack]) -> IntArray:
        """Drop the rows of days before an official table begins; of such days the table may have no rows at all."""
        begins = _begins(self._policy, table)
        if begins <= self._earliest or isinstance(self._facts, FactsOfClaims):
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
        early = self._facts.days[self._subjects(rule.over)[rows]] < first.toordinal()
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
        # Places are found and followed faster than a mask is where it holds for about every other row.
        without = rows[np.flatnonzero(lacking)]
        lacks.append(self._lack(rule, without, WHY_LACKING.get(column, f"the record has no {_words(column)}")))
        return rows[np.flatnonzero(~lacking)]

    def _lacking(self, over: Over, column: str) -> BoolArray | None:
        """Which rows of a table lack a column, of their own or of another table; None where none does."""
        table, _, name = column.rpartition(".")
        values = getattr(getattr(self._facts, table or over), name)
        lack = False if values.dtype == np.bool_ else ABSENT
        # For a few rows a look through a list beats setting up an array comparison.
        if lack not in (values.tolist() if values.size <= _FEW else values):
            return None
        missing: BoolArray = values == lack
        return missing[self.owners(over)] if table else missing

    def _lack(self, rule: Rule, rows: IntArray, reason: str) -> _Lack:
        owners = self.owners(rule.over)[rows]
        if owners.size == 1:
            return reason, owners
        # Marking costs a pass; sorting out what is distinct would cost a sort for every rule that lacks something.
        lacking = np.zeros(self._owner_bits.size, dtype=np.bool_)
        lacking[owners] = True
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
