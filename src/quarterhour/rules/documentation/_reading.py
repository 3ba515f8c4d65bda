"""What several rules of this family ask of a note."""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.domain.code import code_number
from quarterhour.domain.reading import GRADES
from quarterhour.rules.contract import where
from quarterhour.rules.facts import ABSENT, BoolArray, Facts, IntArray

NOTHING: Final = GRADES.index("absent")
PART: Final = GRADES.index("partial")
WHOLE: Final = GRADES.index("present")
ACTIVITIES: Final = code_number("97530")
EXERCISE: Final = code_number("97110")
#: Kinds of codes that are no treatment a note tells task by task.
EVALUATING: Final = ("evaluation", "re-evaluation", "test")
_NO_TREATMENT: Final = (*EVALUATING, "supervised-modality", "timed-modality", "monthly")


def lines_of_activities(facts: Facts, rows: IntArray, element: str, grade: int) -> IntArray:
    """Rows of billed 97530 whose note shows ``element`` to just that grade."""
    told = facts.note_code
    rows = rows[(told.code[rows] == ACTIVITIES) & (told.lines[rows] > 0)]
    return rows[facts.note.grades[element][told.note[rows]] == grade] if rows.size else rows


def of_notes(facts: Facts, codes: BoolArray) -> BoolArray:
    """Whether a note, by row of ``facts.note``, has one of the codes marked by row of ``facts.note_code``."""
    having = np.zeros(facts.note.visit.size, dtype=np.bool_)
    having[facts.note_code.note[codes]] = True
    return having


def treated(facts: Facts) -> BoolArray:
    """Whether a treatment other than a modality is billed for the visit of a note: no evaluation or test alone."""
    told = facts.note_code
    return of_notes(facts, (told.lines > 0) & ~np.isin(told.kind, facts.kinds(*_NO_TREATMENT)))


def evaluated(facts: Facts) -> BoolArray:
    """Whether an evaluation or re-evaluation is billed or told in a note."""
    told = facts.note_code
    return of_notes(facts, np.isin(told.kind, facts.kinds("evaluation", "re-evaluation")))


def activities_billed(facts: Facts) -> BoolArray:
    """Whether 97530 is billed for the visit of a note."""
    return of_notes(facts, (facts.note_code.code == ACTIVITIES) & (facts.note_code.lines > 0))


def timed_billed(facts: Facts) -> BoolArray:
    """Whether a service whose minutes count into the timed total is billed for the visit of a note."""
    return of_notes(facts, facts.note_code.in_total & (facts.note_code.lines > 0))


def treatments(facts: Facts, rows: IntArray) -> IntArray:
    """Rows of billed treatments that are no modality, evaluation or test."""
    told = facts.note_code
    rows = rows[(told.lines[rows] > 0) & (told.kind[rows] != ABSENT)]
    return where(rows, ~np.isin(told.kind[rows], facts.kinds(*_NO_TREATMENT)))


def untold(facts: Facts, rows: IntArray) -> IntArray:
    """Rows of billed codes which the note neither names as done today nor tells by work that speaks for them."""
    told = facts.note_code
    rows = rows[(told.lines[rows] > 0) & ~told.performed[rows]]
    return rows[told.speaking_in_note[rows] <= 0] if rows.size else rows
