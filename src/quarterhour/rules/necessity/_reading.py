"""What several rules of this family ask of a note."""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.domain.code import code_number
from quarterhour.domain.reading import GRADES
from quarterhour.rules.facts import ABSENT, BoolArray, Facts, IntArray

NOTHING: Final = GRADES.index("absent")
WHOLE: Final = GRADES.index("present")
_ACTIVITIES: Final = code_number("97530")
_MODALITIES: Final = ("supervised-modality", "timed-modality")
_NO_TREATMENT: Final = ("evaluation", "re-evaluation", "test", "monthly")


def of_notes(facts: Facts, codes: BoolArray) -> BoolArray:
    """Whether a note, by row of ``facts.note``, has one of the codes marked by row of ``facts.note_code``."""
    having = np.zeros(facts.note.visit.size, dtype=np.bool_)
    having[facts.note_code.note[codes]] = True
    return having


def treated(facts: Facts) -> BoolArray:
    """Whether a treatment other than a modality is billed for the visit of a note: no evaluation or test alone."""
    told = facts.note_code
    other = np.isin(told.kind, facts.kinds(*_NO_TREATMENT, *_MODALITIES)) | (told.kind == ABSENT)
    return of_notes(facts, (told.lines > 0) & ~other)


def activities_billed(facts: Facts) -> BoolArray:
    """Whether 97530 is billed for the visit of a note."""
    return of_notes(facts, (facts.note_code.code == _ACTIVITIES) & (facts.note_code.lines > 0))


def only_modalities(facts: Facts) -> BoolArray:
    """Whether modalities are billed for the visit of a note, and nothing else is billed or told as done."""
    told = facts.note_code
    passive = np.isin(told.kind, facts.kinds(*_MODALITIES))
    active = ~passive & ((told.lines > 0) | told.performed)
    return of_notes(facts, passive & (told.lines > 0)) & ~of_notes(facts, active)


def evaluated(facts: Facts) -> BoolArray:
    """Whether an evaluation or re-evaluation is billed or told in a note."""
    return of_notes(facts, np.isin(facts.note_code.kind, facts.kinds("evaluation", "re-evaluation")))


def without(facts: Facts, rows: IntArray, *elements: str) -> IntArray:
    """Rows whose note shows none of the elements in full."""
    for element in elements:
        rows = rows[facts.note.grades[element][rows] != WHOLE]
    return rows
