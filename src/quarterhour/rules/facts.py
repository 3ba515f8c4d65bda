"""What a rule may read: the visits' own columns and the derived ones, as tables of integer arrays.

Every table has one row a thing (a visit, a line, a day's pair hit); ``visit`` says which visit a row belongs to and
``line`` which line stands for it in a report (-1: the visit as a whole). ``ABSENT`` (-1) is "not in the record". Days
are ordinals, amounts cents, minutes whole minutes, codes and modifiers base 36 (``domain.code``). The engine fills
the tables; a rule only reads them, by rows it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.rules.course_facts import CourseFacts
from quarterhour.rules.note_facts import NoteActivityFacts, NoteCodeFacts, NoteFacts, NoteOverlapFacts

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

ABSENT = -1
#: ``VisitFacts.discipline`` of occupational therapy.
OCCUPATIONAL = 1 + DISCIPLINES.index("OT")
#: Who may be named in a visit, as ``VisitFacts.malformed_npis`` numbers them.
PEOPLE = (
    "therapist", "assistant", "supervisor", "referring provider", "billing provider", "certifying provider",
)  # fmt: skip
#: What a record may call its note.
NOTE_TYPES = ("daily", "progress", "evaluation", "re-evaluation", "discharge")


class VisitFacts(msgspec.Struct, frozen=True):
    """One row a visit."""

    visit: IntArray
    line: IntArray
    day: IntArray
    discipline: IntArray
    """0 not given, else 1 + position in ``domain.visit.DISCIPLINES``"""
    payer: IntArray
    setting: IntArray
    """position in ``domain.visit.SETTINGS``, ABSENT if not given"""
    claim_type: IntArray
    """0 professional, 1 institutional, ABSENT if not known"""
    edit_table: IntArray
    """which NCCI tables answer: a place in ``policy.edits.EDIT_TABLES``, ABSENT where the claim type is not known"""
    place_of_service: IntArray
    patient: IntArray
    """same number, same patient; a visit without a patient id has a number of its own"""
    patient_given: BoolArray
    patient_parted: BoolArray
    """other visits of the same patient id contradict in date of birth or sex: not all of them are one patient's"""
    birth_day: IntArray
    therapist: IntArray
    """number of the treating therapist's NPI or name, ABSENT if not given"""
    therapist_credential: IntArray
    """row in ``policy.providers``, ABSENT not given, -2 given and not known"""
    therapist_standing: IntArray
    """position in ``policy.providers.STANDINGS``, ABSENT where the credential is not given or not known"""
    assistant_given: BoolArray
    assistant_credential: IntArray
    supervisor_credential: IntArray
    malformed_npis: IntArray
    """bit set over ``PEOPLE``: whose NPI is given and has not ten digits"""
    failed_npis: IntArray
    """bit set over ``PEOPLE``: whose NPI has ten digits that fail the check digit"""
    plan_given: BoolArray
    plan_established: IntArray
    first_treatment: IntArray
    certified: IntArray
    certified_through: IntArray
    certifier_credential: IntArray
    order_signed: IntArray
    sent_to_referrer: IntArray
    visit_number: IntArray
    last_progress_report_visit: IntArray
    goals: IntArray
    diagnoses: IntArray
    malformed_diagnoses: IntArray
    frequency_given: BoolArray
    duration_given: BoolArray
    plan_days: IntArray
    """the plan's duration in days as its words say it, ABSENT where not given or not read"""
    total_treatment_minutes: IntArray
    total_timed_minutes: IntArray
    """as recorded, not as summed"""
    timed_minutes: IntArray
    """sum over the timed lines, ABSENT where a timed line has none"""
    all_minutes: IntArray
    """sum over all lines that have minutes"""
    accrued: IntArray
    """amount accrued before this visit toward the threshold of its discipline, cents"""
    charges: IntArray
    """sum of the lines' charges, ABSENT where a billed line has none"""
    lines: IntArray
    billed_lines: IntArray
    note_given: BoolArray
    signed: BoolArray
    signed_day: IntArray


class HistoryFacts(msgspec.Struct, frozen=True):
    """One row a visit, as in ``VisitFacts``: what rests on the patient's other visits."""

    report_days: IntArray
    """treatment days of the patient in this discipline, this one included, since the last evaluation (included) or
    progress report (not included) among the visits given; ABSENT where none was, or a visit since does not say what its
    note is"""
    same_as: IntArray
    """an earlier visit of the patient, day, discipline and payer with the very same lines, ABSENT where none has"""
    accrued_by: IntArray
    """the most (cents) that visits of the patient on earlier days of the calendar year say had accrued toward the same
    threshold, where it is more than the visit says itself, if it says anything; ABSENT where none does. It is a least
    amount: what those visits and others added is not in it"""
    accrued_on: IntArray
    """the day of the visit that says so, ABSENT where none does"""


class LineFacts(msgspec.Struct, frozen=True):
    """One row a service of a visit, billed or not."""

    visit: IntArray
    line: IntArray
    number: IntArray
    """1-based place within the visit"""
    code: IntArray
    known: BoolArray
    kind: IntArray
    """position in ``policy.KINDS``, ABSENT where the code is not known"""
    contact: IntArray
    timed: BoolArray
    in_total: BoolArray
    """its minutes count into the day's total of timed minutes"""
    unit_minutes: IntArray
    bound_discipline: IntArray
    designation: IntArray
    """position in ``policy.DESIGNATIONS`` on the day, ABSENT where not known"""
    valid_from: IntArray
    valid_to: IntArray
    minutes: IntArray
    assistant_minutes: IntArray
    units: IntArray
    billed: BoolArray
    """has units above 0, or none yet and is taken as billed"""
    charge: IntArray
    mode: IntArray
    """position in ``domain.visit.MODES``, ABSENT if not given"""
    modifiers: IntArray
    """bit set: bit ``policy.modifiers.bit("59")`` is set where 59 is on the line"""
    modifier_count: IntArray
    unknown_modifier: IntArray
    """number of the first modifier the policy does not know, ABSENT if none"""
    repeated_modifier: IntArray
    """number of the first modifier that stands twice on the line, ABSENT if none"""
    intervals: IntArray
    interval_minutes: IntArray
    reversed_intervals: IntArray
    """how many of the line's intervals end before, or when, they begin"""


class BesideFacts(msgspec.Struct, frozen=True):
    """One row a line, as in ``LineFacts``: what rests on the lines billed beside it."""

    base_missing: BoolArray
    """an add-on code with none of its base codes billed beside it"""
    meets_edit: BoolArray
    """its code meets a pair edit in force with another billed line of the day"""


class DayFacts(msgspec.Struct, frozen=True):
    """One row a patient, date, discipline and payer: the unit group of the total-time rule."""

    visit: IntArray
    line: IntArray
    """the line of the one code that is billed outside its range, ABSENT where none or several are"""
    minutes: IntArray
    """all timed minutes, ABSENT where a timed line has none"""
    units_billed: IntArray
    """timed units billed, ABSENT where a timed line has none"""
    units_allowed: IntArray
    """by the payer's method, ABSENT where minutes are"""
    units_total_time: IntArray
    units_midpoint: IntArray
    method: IntArray
    """position in ``policy.UNIT_METHODS``"""
    codes: IntArray
    """how many different timed codes"""
    visits: IntArray
    """how many visit records the group spans"""


class CodeDayFacts(msgspec.Struct, frozen=True):
    """One row a code within a unit group, timed or not."""

    visit: IntArray
    line: IntArray
    day: IntArray
    """row in ``DayFacts``"""
    code: IntArray
    timed: BoolArray
    """counts into the day's total of timed minutes"""
    minutes: IntArray
    assistant_minutes: IntArray
    units_billed: IntArray
    units_low: IntArray
    """fewest units any allowed allocation gives the code, ABSENT where minutes are missing"""
    units_high: IntArray
    assistant_billed: IntArray
    """units billed with the assistant modifier"""
    assistant_low: IntArray
    """fewest units that need it, for the units billed (or supported, where none are); ABSENT where not computed"""
    assistant_high: IntArray
    lines: IntArray
    """how many billed lines carry the code"""
    plain_lines: IntArray
    """how many of them have the same modifiers as an earlier one"""


class PairFacts(msgspec.Struct, frozen=True):
    """One row a pair of billed lines of one patient, day and billing provider that meets an edit in force."""

    visit: IntArray
    line: IntArray
    """the column-2 line, the one that is denied"""
    column1_line: IntArray
    column1: IntArray
    column2: IntArray
    indicator: IntArray
    bypass1: BoolArray
    bypass2: BoolArray
    """the line carries a modifier that bypasses a pair edit"""


class OverlapFacts(msgspec.Struct, frozen=True):
    """One row two intervals that share minutes: of one patient, or of one therapist with two patients."""

    visit: IntArray
    line: IntArray
    other_line: IntArray
    other_code: IntArray
    minutes: IntArray
    same_patient: BoolArray
    same_therapist: BoolArray


class UnlikelyFacts(msgspec.Struct, frozen=True):
    """One row a code on one day by one provider (adjudication 2, 3) or one line (1) with an unlikely-units value."""

    visit: IntArray
    line: IntArray
    code: IntArray
    units: IntArray
    limit: IntArray
    adjudication: IntArray


class CodePairFacts(msgspec.Struct, frozen=True):
    """One row two billed lines of one patient, day and billing provider that the pair tables do not speak of."""

    visit: IntArray
    line: IntArray
    other_code: IntArray


class PolicyFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The policy looked up for the subjects of a batch: its visits, or its claims and their lines.

    ``days`` is the day of every subject; ``term(name)`` a payer's term for every subject (0, 1, a word's position, a
    number, -1 not known); ``parameter(name)`` the whole number a dated parameter has for every subject (-1 not known);
    ``modifiers(*names)`` the bits of modifiers or groups of them; ``modifier_sets(name)`` the bits of a dated list of
    modifiers for every subject; ``listed(name, subjects, values)`` whether each value stands in the dated list of
    numbers on its subject's day (not where that is not known); ``of_kind(kinds, *names)`` whether each kind of code,
    numbered as in ``LineFacts.kind``, is one of those named; ``live_modifiers`` the bits of the modifiers that exist on
    every subject's day; ``known_places`` the places of service there are; ``today`` the day the judgement is made.
    """

    days: IntArray
    term: Callable[[str], IntArray]
    parameter: Callable[[str], IntArray]
    modifiers: Callable[..., int]
    modifier_sets: Callable[[str], IntArray]
    listed: Callable[[str, IntArray, IntArray], BoolArray]
    of_kind: Callable[..., BoolArray]
    live_modifiers: Callable[[], IntArray]
    known_places: frozenset[int]
    today: int


class Facts(PolicyFacts, frozen=True, kw_only=True, dict=True):
    """All tables of one batch of visits, and the policy looked up for them.

    ``table(name)`` derives a table, once, when a rule first reads it: what no chosen rule reads is never worked out.
    ``provider(name)`` is a column over the rows that credentials stand for (``policy.providers``), ``provider_labels``
    what those rows are called; ``doubtful_codes`` for such a row, where it has any, the codes whose use is doubtful;
    ``facility_places`` the places of service that count as a facility, ``place_fits[setting, place]`` whether a setting
    has one.
    """

    table: Callable[[str], Any]
    provider: Callable[[str], IntArray]
    provider_labels: tuple[str, ...]
    doubtful_codes: Mapping[int, frozenset[int]]
    facility_places: frozenset[int]
    place_fits: BoolArray

    @cached_property
    def visit(self) -> VisitFacts:
        """The visits."""
        found: VisitFacts = self.table("visit")
        return found

    @cached_property
    def line(self) -> LineFacts:
        """Their lines."""
        found: LineFacts = self.table("line")
        return found

    @cached_property
    def history(self) -> HistoryFacts:
        """Visits beside the patient's others."""
        found: HistoryFacts = self.table("history")
        return found

    @cached_property
    def beside(self) -> BesideFacts:
        """Lines beside others."""
        found: BesideFacts = self.table("beside")
        return found

    @cached_property
    def day(self) -> DayFacts:
        """Patients' days."""
        found: DayFacts = self.table("day")
        return found

    @cached_property
    def code_day(self) -> CodeDayFacts:
        """Codes on patients' days."""
        found: CodeDayFacts = self.table("code_day")
        return found

    @cached_property
    def pair(self) -> PairFacts:
        """Pairs of lines that meet an edit."""
        found: PairFacts = self.table("pair")
        return found

    @cached_property
    def overlap(self) -> OverlapFacts:
        """Intervals that share minutes."""
        found: OverlapFacts = self.table("overlap")
        return found

    @cached_property
    def unlikely(self) -> UnlikelyFacts:
        """Codes with an unlikely-units value."""
        found: UnlikelyFacts = self.table("unlikely")
        return found

    @cached_property
    def code_pair(self) -> CodePairFacts:
        """Pairs of lines the pair tables do not know."""
        found: CodePairFacts = self.table("code_pair")
        return found

    @cached_property
    def note(self) -> NoteFacts:
        """Notes that were read."""
        found: NoteFacts = self.table("note")
        return found

    @cached_property
    def note_code(self) -> NoteCodeFacts:
        """Codes in notes and lines."""
        found: NoteCodeFacts = self.table("note_code")
        return found

    @cached_property
    def note_activity(self) -> NoteActivityFacts:
        """Activities notes tell of."""
        found: NoteActivityFacts = self.table("note_activity")
        return found

    @cached_property
    def note_overlap(self) -> NoteOverlapFacts:
        """Services, and co-treatments, that notes put into the same minutes."""
        found: NoteOverlapFacts = self.table("note_overlap")
        return found

    @cached_property
    def course(self) -> CourseFacts:
        """Visits in a row."""
        found: CourseFacts = self.table("course")
        return found

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """The reader's reasons, by position."""
        found: tuple[str, ...] = self.table("reasons")
        return found
