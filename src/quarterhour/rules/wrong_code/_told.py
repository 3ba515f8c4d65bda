"""What rules of content ask of a note: the work told under 97530, by its class."""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.domain.code import code_number
from quarterhour.policy.codes import CONTACTS
from quarterhour.rules.contract import exactly, holds
from quarterhour.rules.facts import BoolArray, Facts, IntArray
from quarterhour.rules.note_codes import ACTIVITIES, WHOLE

GAIT: Final = code_number("97116")
BALANCE: Final = code_number("97112")
SELF_CARE: Final = code_number("97535")
GROUP: Final = code_number("97150")
SPEECH_GROUP: Final = code_number("92508")
ONE_ON_ONE: Final = CONTACTS.index("one-on-one")


#: Of billed 97530 under which the note tells work, none of it practice of a task or of self-care.
UNLIKE_ACTIVITIES: Final = (exactly("code", ACTIVITIES), holds("lines"), holds("told"), exactly("fitting", 0))


def only(facts: Facts, rows: IntArray, *classes: str) -> BoolArray:
    """Whether all work told under the code is of these classes; a phrase of no known class leaves that open."""
    told = facts.note_code
    sum_of_them = np.zeros(rows.size, dtype=np.int64)
    for name in classes:
        sum_of_them += told.classes[name][rows]
    whole: BoolArray = (sum_of_them == told.told[rows]) & (told.classes["unspecified"][rows] == 0)
    return whole


def with_purpose(facts: Facts, rows: IntArray) -> BoolArray:
    """Whether the note ties the day's work to a goal or a real task: the recorded purpose decides between codes."""
    tied: BoolArray = facts.note.grades["goal_linkage"][facts.note_code.note[rows]] == WHOLE
    return tied


def evidence(facts: Facts, rows: IntArray) -> tuple[tuple[IntArray, IntArray], ...]:
    """The words that name the service, and the first work told under it."""
    told = facts.note_code
    return (told.start[rows], told.end[rows]), (told.told_start[rows], told.told_end[rows])
