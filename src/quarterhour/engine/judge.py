"""Let every rule judge: give it the rows that concern it, keep what it hits, and count what could not be judged."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, Final, Generic, Literal, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.engine.derive.reads import joins_visits
from quarterhour.engine.narrow import FEW, Narrowing
from quarterhour.engine.scope import Concern, Scope, scopes
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry
from quarterhour.rules.claim_facts import WHY_LACKING, FactsOfClaims
from quarterhour.rules.contract import CLAIM_TABLES, VISIT_TABLES, Hits, Over
from quarterhour.rules.facts import Facts

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
F = TypeVar("F", Facts, FactsOfClaims)
#: Why visits could not be judged, and which.
_Lack = tuple[str, IntArray]
_NONE: Final = np.zeros(0, dtype=np.int64)
_CODE: Final = attrgetter("entry.rule.code")
#: How the tables over notes are named, and why visits have no row in them.
_OF_NOTES: Final = "note"
_OVERLAP: Final = "overlap"
_NO_NOTE: Final = "no note in the input"
#: What is told of rules that join visits of a patient, where visits of one id are not one patient's.
_PARTED: Final = "not judged together with visits of the same patient id: date of birth or sex contradict"
#: Why overlaps are not seen: minutes without a time of day are compared with nobody's.
NO_TIMES: Final = "no start and stop times: what overlaps, also with other patients of the therapist, is not seen"


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
    guard = _Guard(facts)
    verdicts: list[Verdict] = []
    not_checked: list[NotChecked] = []
    for over, concerns in scopes(facts, policy, entries, guard.tables).items():
        table = getattr(facts, over)
        every = np.arange(table.line.size)
        narrowing = Narrowing(facts, over, every)
        not_checked += _unseen(guard, over, concerns)
        for concern, scope in concerns if every.size else [one for one in concerns if one[0].rule.tables]:
            rows = every
            if not (concern.plain and scope.whole):
                rows, lacks = guard.rows(concern, scope, every)
                for reason, visits in lacks:
                    not_checked += [NotChecked(entry, reason, visits) for entry in concern.entries]
            if not rows.size:
                continue
            for entry in concern.entries:
                mine = narrowing.rows(rows, entry.rule.only_where) if entry.rule.only_where else rows
                if not mine.size:
                    continue
                find: Any = entry.rule.find  # takes the facts that have its table
                hits: Hits = find(facts, mine)
                if hits.rows.size:
                    lines = table.line[hits.rows]
                    verdicts.append(Verdict(entry, guard.standing_in(over, hits.rows, lines), lines, hits))
    return Judgement(facts, tuple(sorted(verdicts, key=_CODE)), tuple(sorted(not_checked, key=_CODE)))


def _unseen(guard: _Guard, over: Over, concerns: Sequence[tuple[Concern, Scope]]) -> Iterator[NotChecked]:
    """What rules over a table cannot see, whatever rows it has: visits without a note or times, and of a parted id."""
    if over.startswith(_OF_NOTES):
        yield from _for_visits(guard, concerns, guard.noteless(), _NO_NOTE)
    if over == _OVERLAP:
        yield from _for_visits(guard, concerns, guard.timeless(), NO_TIMES)
    told = _for_visits(guard, concerns, guard.parted(), _PARTED)
    yield from (one for one in told if joins_visits(one.entry.rule))


def _for_visits(
    guard: _Guard, concerns: Sequence[tuple[Concern, Scope]], visits: IntArray, reason: str
) -> list[NotChecked]:
    """For one reason the visits among some that each rule concerns."""
    found: list[NotChecked] = []
    for concern, scope in concerns if visits.size else ():
        mine = guard.carrying(concern, visits if scope.every else visits[scope.subjects[visits]])
        if mine.size:
            found += [NotChecked(entry, reason, mine) for entry in concern.entries]
    return found


class _Guard:
    """Which rows concern a rule; what is the same for many rules is worked out once."""

    __slots__ = ("_absent", "_bits", "_carrying", "_facts", "_of_claims", "_open", "_owner_bits", "tables")

    def __init__(self, facts: Facts | FactsOfClaims) -> None:
        self._facts = facts
        self._of_claims = isinstance(facts, FactsOfClaims)
        self.tables: tuple[Over, ...] = CLAIM_TABLES if self._of_claims else VISIT_TABLES
        self._open: dict[tuple[Over, int], tuple[IntArray, list[_Lack]]] = {}
        self._absent: dict[tuple[Over, str], BoolArray | Literal[True] | None] = {}
        self._carrying: dict[tuple[Over, int], tuple[BoolArray, BoolArray]] = {}
        lines = facts.claim_line if isinstance(facts, FactsOfClaims) else facts.line
        owners = self.owners(self.tables[0]).size
        self._bits = int(np.bitwise_or.reduce(lines.modifiers, initial=0))
        self._owner_bits = np.array([self._bits])
        if owners > 1:
            self._owner_bits = np.zeros(owners, dtype=np.int64)
            np.bitwise_or.at(self._owner_bits, self.owners(self._lines), lines.modifiers)

    @property
    def _lines(self) -> Over:
        return "claim_line" if self._of_claims else "line"

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
        return np.where(lines == ABSENT, owners, self.owners(self._lines)[lines])

    def noteless(self) -> IntArray:
        """The visits that have no note, so that they have no rows in the tables over notes."""
        return np.flatnonzero(~self._facts.visit.note_given) if isinstance(self._facts, Facts) else _NONE

    def timeless(self) -> IntArray:
        """The visits that bill something and give no service's times of day."""
        if not isinstance(self._facts, Facts):
            return _NONE
        timed = np.zeros(self._facts.visit.visit.size, dtype=np.bool_)
        timed[self._facts.line.visit[self._facts.line.intervals > 0]] = True
        return np.flatnonzero(~timed & (self._facts.visit.billed_lines > 0))

    def parted(self) -> IntArray:
        """The visits whose patient id is several patients'."""
        return np.flatnonzero(self._facts.visit.patient_parted) if isinstance(self._facts, Facts) else _NONE

    def carrying(self, concern: Concern, visits: IntArray) -> IntArray:
        """Those of some visits that have a modifier the rules look at; all of them where they look at none."""
        return visits[(self._owner_bits[visits] & concern.modifiers) != 0] if concern.modifiers else visits

    def rows(self, concern: Concern, scope: Scope, every: IntArray) -> tuple[IntArray, list[_Lack]]:
        """The rows that rules look at and can judge, and for which visits or claims something needed is lacking.

        ``every`` are all rows of their table.
        """
        rule, wanted = concern.rule, concern.modifiers
        if wanted and not self._bits & wanted:
            return every[:0], []
        rows, lacks = self._opened(rule.over, every, scope)
        if rule.needs and rows.size:
            lacks = lacks.copy()
            for column in rule.needs:
                rows = self._with_column(rule.over, rows, column, lacks)
        if wanted and self._owner_bits.size > 1:
            # Visits and claims without such a modifier do not concern the rule, whatever stands on others of the batch.
            with_it, on_row = self._with_modifier(rule.over, wanted)
            rows = rows[np.flatnonzero(on_row[rows])]
            lacks = [(reason, some) for reason, visits in lacks if (some := visits[with_it[visits]]).size]
        return rows, lacks

    def _opened(self, over: Over, every: IntArray, scope: Scope) -> tuple[IntArray, list[_Lack]]:
        """The rows of a table within a scope, and why others are not."""
        if scope.whole:
            return every, []
        found = self._open.get((over, scope.key))
        if found is None:
            found = self._open[over, scope.key] = self._open_rows(over, every, scope)
        return found

    def _open_rows(self, over: Over, every: IntArray, scope: Scope) -> tuple[IntArray, list[_Lack]]:
        table = getattr(self._facts, over)
        subjects = table.subject if self._of_claims else table.visit
        lacks = []
        for lack in scope.lacks:
            if lack.billed and isinstance(self._facts, Facts):
                visits = np.flatnonzero(lack.subjects & (self._facts.visit.billed_lines > 0))
            else:
                visits = self._owning(over, np.flatnonzero(lack.subjects[subjects]))
            if visits.size:
                lacks.append((lack.reason, visits))
        if scope.every or scope.none:
            return every if scope.every else every[:0], lacks
        return np.flatnonzero(scope.subjects[subjects]), lacks

    def _with_modifier(self, over: Over, wanted: int) -> tuple[BoolArray, BoolArray]:
        """Which visits or claims have one of some modifiers on a line, and which rows of a table are theirs."""
        found = self._carrying.get((over, wanted))
        if found is None:
            with_it = (self._owner_bits & wanted) != 0
            found = self._carrying[over, wanted] = with_it, with_it[self.owners(over)]
        return found

    def _with_column(self, over: Over, rows: IntArray, column: str, lacks: list[_Lack]) -> IntArray:
        """Drop the rows where the record lacks what the rule needs."""
        key = (over, column)
        if key not in self._absent:
            self._absent[key] = self._lacking(*key)
        absent = self._absent[key]
        if absent is None or not rows.size:
            return rows
        if absent is True:
            lacks.append((_reason(column), self._owning(over, rows)))
            return rows[:0]
        lacking = absent[rows]
        # Places are found and followed faster than a mask is where it holds for about every other row.
        without = rows[lacking.nonzero()[0]]
        if not without.size:
            return rows
        lacks.append((_reason(column), self._owning(over, without)))
        return rows[(~lacking).nonzero()[0]]

    def _lacking(self, over: Over, column: str) -> BoolArray | Literal[True] | None:
        """Which rows of a table lack a column, of their own or of another table; None where none does, True where all
        few do.
        """
        table, _, name = column.rpartition(".")
        values = getattr(getattr(self._facts, table or over), name)
        lack = False if values.dtype == np.bool_ else ABSENT
        some = values.tolist() if values.size <= FEW else values
        if lack not in some:
            return None
        if values.size <= FEW and some.count(lack) == len(some):
            return True
        missing: BoolArray = values == lack
        return missing[self.owners(over)] if table else missing

    def _owning(self, over: Over, rows: IntArray) -> IntArray:
        """The visits or claims that rows belong to, each once."""
        if self._owner_bits.size == 1:
            return np.zeros(min(rows.size, 1), dtype=np.int64)
        # Marking costs a pass; sorting out what is distinct would cost a sort for every rule that lacks something.
        marked = np.zeros(self._owner_bits.size, dtype=np.bool_)
        marked[self.owners(over)[rows]] = True
        return np.flatnonzero(marked)


@functools.cache
def _reason(column: str) -> str:
    words = column.rpartition(".")[2].removesuffix("_given").replace("_", " ")
    return WHY_LACKING.get(column, f"the record has no {words}")
