"""What several rules of this family ask of a note."""

from __future__ import annotations

from typing import Final

from quarterhour.rules.contract import Condition, below, exactly, fails, holds, where
from quarterhour.rules.facts import ABSENT, BoolArray, Facts, IntArray
from quarterhour.rules.note_codes import ACTIVITIES, NO_TREATMENT, of_notes


def activities_graded(element: str, grade: int) -> tuple[Condition, ...]:
    """Of billed 97530, where the note shows ``element`` to just that grade."""
    return exactly("code", ACTIVITIES), holds("lines"), exactly(f"grades.{element}", grade)


#: Of billed codes which the note neither names as done today nor tells by work that speaks for them.
UNTOLD: Final = (holds("lines"), fails("performed"), below("speaking_in_note", 1))


def goal_names_work(facts: Facts, notes: IntArray) -> BoolArray:
    """Whether of some notes, none of which ties the work to a goal, a goal names what was done: the reader keeps it."""
    named: BoolArray = facts.note.starts["goal_linkage"][notes] != ABSENT
    return named


def timed_billed(facts: Facts) -> BoolArray:
    """Whether a service whose minutes count into the timed total is billed for the visit of a note."""
    return of_notes(facts, facts.note_code.in_total & (facts.note_code.lines > 0))


def under_no_service(facts: Facts, rows: IntArray) -> BoolArray:
    """Whether notes, by row, tell a treatment and name no service, and their visits have no line."""
    note = facts.note
    found: BoolArray = (note.services[rows] == 0) & (note.treatment[rows] > 0)
    found &= facts.visit.lines[note.visit[rows]] == 0
    return found


def treatments(facts: Facts, rows: IntArray) -> IntArray:
    """Rows of billed treatments that are no modality, evaluation or test."""
    told = facts.note_code
    rows = rows[(told.lines[rows] > 0) & (told.kind[rows] != ABSENT)]
    return where(rows, ~facts.of_kind(told.kind[rows], *NO_TREATMENT))
