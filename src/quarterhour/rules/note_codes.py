"""What rules of several families ask of a note and the codes it tells or are billed beside it."""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.domain.code import code_number
from quarterhour.domain.reading import GRADES
from quarterhour.rules.facts import ABSENT, BoolArray, Facts
from quarterhour.rules.note_facts import TREATMENTS

NOTHING: Final = GRADES.index("absent")
PART: Final = GRADES.index("partial")
WHOLE: Final = GRADES.index("present")
#: ``NoteFacts.treatment`` of work that only timed codes are for.
TIMED: Final = TREATMENTS.index("timed")
#: What is asked of work under no service; of its minutes how many there were, or which of those the note tells.
UNDER_WHICH: Final = "Under which service, and in {minutes}, was this done?"
HOW_LONG: Final = ("how many minutes", "which of the minutes told")
ACTIVITIES: Final = code_number("97530")
EXERCISE: Final = code_number("97110")
#: Kinds of codes that are no treatment a note tells task by task.
EVALUATING: Final = ("evaluation", "re-evaluation", "test")
MODALITIES: Final = ("supervised-modality", "timed-modality")
NO_TREATMENT: Final = (*EVALUATING, *MODALITIES, "monthly")


def of_notes(facts: Facts, codes: BoolArray) -> BoolArray:
    """Whether a note, by row of ``facts.note``, has one of the codes marked by row of ``facts.note_code``."""
    having = np.zeros(facts.note.visit.size, dtype=np.bool_)
    having[facts.note_code.note[codes]] = True
    return having


def treated(facts: Facts) -> BoolArray:
    """Whether a treatment other than a modality is billed for the visit of a note: no evaluation or test alone.

    A code whose kind is not known is not taken for a treatment.
    """
    told = facts.note_code
    other = facts.of_kind(told.kind, *NO_TREATMENT) | (told.kind == ABSENT)
    return of_notes(facts, (told.lines > 0) & ~other)


def activities_billed(facts: Facts) -> BoolArray:
    """Whether 97530 is billed for the visit of a note."""
    return of_notes(facts, (facts.note_code.code == ACTIVITIES) & (facts.note_code.lines > 0))


def evaluated(facts: Facts) -> BoolArray:
    """Whether an evaluation or re-evaluation is billed or told in a note."""
    return of_notes(facts, facts.of_kind(facts.note_code.kind, "evaluation", "re-evaluation"))
