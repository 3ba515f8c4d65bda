"""Billed codes that the note leaves out while it names another timed service that is not billed."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.facts import ABSENT, Facts, IntArray


def instead(facts: Facts, rows: IntArray) -> tuple[IntArray, IntArray]:
    """Rows of billed timed codes not done by the note, and beside each the row of the one service that is told instead.

    Where several unbilled services have minutes in the note nobody can say which stands for which, so those are left.
    """
    told = facts.note_code
    missing = rows[(told.lines[rows] > 0) & told.in_total[rows] & ~told.performed[rows]]
    if not missing.size:
        return missing, missing
    spare = np.flatnonzero((told.line == ABSENT) & told.in_total & told.performed & (told.minutes > 0))
    notes = facts.note.visit.size
    count = np.bincount(told.note[spare], minlength=notes)
    of_note = np.full(notes, ABSENT)
    of_note[told.note[spare]] = spare
    missing = missing[count[told.note[missing]] == 1]
    return missing, of_note[told.note[missing]]
