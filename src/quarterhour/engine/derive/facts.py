"""All facts of a batch."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from functools import cached_property

from quarterhour.domain.reading import Reading
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.course import course_facts
from quarterhour.engine.derive.days import day_facts
from quarterhour.engine.derive.groups import Groups, numbered
from quarterhour.engine.derive.history import history_facts
from quarterhour.engine.derive.lines import CodesMet, codes_met, line_facts
from quarterhour.engine.derive.lookup import Lookup, lookup
from quarterhour.engine.derive.note_overlaps import note_overlap_facts
from quarterhour.engine.derive.notes import NoteTables, note_facts
from quarterhour.engine.derive.overlaps import overlap_facts
from quarterhour.engine.derive.pairs import base_missing, billed_together, code_pair_facts, meets_edit, pair_facts
from quarterhour.engine.derive.rows import blank
from quarterhour.engine.derive.unlikely import unlikely_facts
from quarterhour.engine.derive.visits import visit_facts
from quarterhour.policy import Policy
from quarterhour.rules.course_facts import CourseFacts
from quarterhour.rules.facts import (
    BesideFacts,
    CodeDayFacts,
    CodePairFacts,
    DayFacts,
    Facts,
    HistoryFacts,
    IntArray,
    LineFacts,
    OverlapFacts,
    PairFacts,
    UnlikelyFacts,
    VisitFacts,
)
from quarterhour.rules.note_facts import NoteActivityFacts, NoteCodeFacts, NoteFacts, NoteOverlapFacts


def derive(batch: Batch, policy: Policy, today: int, readings: Sequence[Reading | None] = ()) -> Facts:
    """Prepare every table that rules read. ``today`` is an ordinal; ``readings`` are none, or one a visit."""
    asked = lookup(policy, batch)
    return Facts(
        days=batch.days,
        table=functools.partial(getattr, _Tables(batch, policy, asked, readings)),
        term=asked.term,
        parameter=asked.parameter,
        modifiers=asked.modifiers,
        modifier_sets=asked.modifier_sets,
        listed=asked.listed,
        of_kind=asked.of_kind,
        provider=policy.providers.column,
        provider_labels=policy.providers.labels(),
        doubtful_codes=policy.providers.doubtful_codes(),
        live_modifiers=asked.live_modifiers,
        facility_places=policy.facility_places,
        known_places=policy.known_places,
        place_fits=policy.place_fits,
        today=today,
    )


class _Tables:
    """Every table, derived when it is first asked for, by its name in ``Facts``.

    What groups lines are things of their visits, so visits are grouped, and lines by their visit's group and code.
    """

    def __init__(self, batch: Batch, policy: Policy, asked: Lookup, readings: Sequence[Reading | None]) -> None:
        self._batch, self._policy, self._asked, self._readings = batch, policy, asked, readings

    @cached_property
    def _bare(self) -> bool:
        """Whether no visit has a service, as where notes come alone: then no table over lines has rows."""
        return not self._batch.services.rows

    @cached_property
    def _met(self) -> CodesMet:
        return codes_met(self._batch)

    @cached_property
    def line(self) -> LineFacts:
        return blank(LineFacts) if self._bare else line_facts(self._batch, self._met, self._policy)

    @cached_property
    def visit(self) -> VisitFacts:
        return visit_facts(self._batch, self.line, self._policy)

    @cached_property
    def history(self) -> HistoryFacts:
        return history_facts(self._batch, self.visit, self.line)

    @cached_property
    def _patient_day(self) -> IntArray:
        return numbered(self.visit.patient, self.visit.day)

    @cached_property
    def _days(self) -> tuple[DayFacts, CodeDayFacts]:
        if self._bare:
            return blank(DayFacts), blank(CodeDayFacts)
        return day_facts(self._batch, self._patient_day, self.visit, self.line, self._asked)

    @cached_property
    def day(self) -> DayFacts:
        return self._days[0]

    @cached_property
    def code_day(self) -> CodeDayFacts:
        return self._days[1]

    @cached_property
    def _together(self) -> tuple[IntArray, Groups]:
        return billed_together(self._batch, self._patient_day, self.visit, self.line)

    @cached_property
    def pair(self) -> PairFacts:
        if self._bare:
            return blank(PairFacts)
        return pair_facts(self.visit, self.line, self._met, *self._together, self._asked, self._policy)

    @cached_property
    def beside(self) -> BesideFacts:
        if self._bare:
            return blank(BesideFacts)
        rows, groups = self._together
        return BesideFacts(
            base_missing(self.line, self._met, rows, groups, self._policy),
            meets_edit(self.line, rows, groups, self.pair),
        )

    @cached_property
    def code_pair(self) -> CodePairFacts:
        if self._bare:
            return blank(CodePairFacts)
        return code_pair_facts(self.visit, self.line, self._met, *self._together, self._policy)

    @cached_property
    def overlap(self) -> OverlapFacts:
        if not self._batch.services.children["intervals"].rows:
            return blank(OverlapFacts)
        return overlap_facts(self._batch, self._patient_day, self.visit, self.line)

    @cached_property
    def unlikely(self) -> UnlikelyFacts:
        if self._bare:
            return blank(UnlikelyFacts)
        return unlikely_facts(self._patient_day, self.visit, self.line, self._met, self._policy)

    @cached_property
    def course(self) -> CourseFacts:
        return course_facts(
            self._batch, self.visit, self.line, lambda: self.day, self._readings, self._asked, self._policy
        )

    @cached_property
    def _notes(self) -> NoteTables:
        return note_facts(self._batch, self.visit, self.line, self._readings, self._asked, self._policy)

    @cached_property
    def note(self) -> NoteFacts:
        return self._notes.notes

    @cached_property
    def note_code(self) -> NoteCodeFacts:
        return self._notes.codes

    @cached_property
    def note_activity(self) -> NoteActivityFacts:
        return self._notes.activities

    @cached_property
    def note_overlap(self) -> NoteOverlapFacts:
        read = self._notes.read
        if self._bare or not read:
            return blank(NoteOverlapFacts)
        return note_overlap_facts(self.visit, self.line, self._patient_day, read)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        return self._notes.reasons
