"""Billed codes that the note leaves out while it names another timed service that is not billed."""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.rules.contract import fails, holds
from quarterhour.rules.facts import ABSENT, Facts, IntArray

#: Billed timed codes not done by the note.
TIMED_NOT_DONE: Final = (holds("lines"), holds("in_total"), fails("performed"))


def instead(facts: Facts, rows: IntArray) -> tuple[IntArray, IntArray]:
    """Of rows ``TIMED_NOT_DONE``, those of whose note one service is told instead, and beside each the row of that one.

    Where several unbilled services have minutes in the note nobody can say which stands for which, so those are left.
    """
    told = facts.note_code
    spare = np.flatnonzero((told.line == ABSENT) & told.in_total & told.performed & (told.minutes > 0))
    notes = facts.note.visit.size
    count = np.bincount(told.note[spare], minlength=notes)
    of_note = np.full(notes, ABSENT)
    of_note[told.note[spare]] = spare
    rows = rows[count[told.note[rows]] == 1]
    return rows, of_note[told.note[rows]]
