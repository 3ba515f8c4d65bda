"""What several rules of this family ask of a note."""

from __future__ import annotations

from quarterhour.rules.contract import where
from quarterhour.rules.facts import ABSENT, BoolArray, Facts, IntArray
from quarterhour.rules.note_codes import ACTIVITIES, NO_TREATMENT, of_notes


def lines_of_activities(facts: Facts, rows: IntArray, element: str, grade: int) -> IntArray:
    """Rows of billed 97530 whose note shows ``element`` to just that grade."""
    told = facts.note_code
    rows = rows[(told.code[rows] == ACTIVITIES) & (told.lines[rows] > 0)]
    return rows[facts.note.grades[element][told.note[rows]] == grade] if rows.size else rows


def timed_billed(facts: Facts) -> BoolArray:
    """Whether a service whose minutes count into the timed total is billed for the visit of a note."""
    return of_notes(facts, facts.note_code.in_total & (facts.note_code.lines > 0))


def treatments(facts: Facts, rows: IntArray) -> IntArray:
    """Rows of billed treatments that are no modality, evaluation or test."""
    told = facts.note_code
    rows = rows[(told.lines[rows] > 0) & (told.kind[rows] != ABSENT)]
    return where(rows, ~facts.of_kind(told.kind[rows], *NO_TREATMENT))


def untold(facts: Facts, rows: IntArray) -> IntArray:
    """Rows of billed codes which the note neither names as done today nor tells by work that speaks for them."""
    told = facts.note_code
    rows = rows[(told.lines[rows] > 0) & ~told.performed[rows]]
    return rows[told.speaking_in_note[rows] <= 0] if rows.size else rows
