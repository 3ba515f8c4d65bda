"""Exercise and activities are both billed, and the note does not tell the two apart."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.documentation._reading import activities_graded
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import EXERCISE, WHOLE, of_notes


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 beside billed 97110 where the note tells no task, or tells everything twice in the same words.

    Where the note says what was done under which code, what stands under 97530 decides; else the note as a whole.
    """
    told, note = facts.note_code, facts.note
    rows = rows[of_notes(facts, (told.code == EXERCISE) & (told.lines > 0))[told.note[rows]]]
    if not rows.size:
        return Hits(rows)
    at = told.note[rows]
    done = np.sum([kinds[at] for kinds in note.performed.values()], axis=0)
    no_task = np.where(told.told[rows] > 0, told.fitting[rows], told.fitting_in_note[rows]) == 0
    same = (done > 0) & (note.repeated[at] == done)
    rows = rows[no_task | same]
    return Hits(rows, {"code": codes(told.code[rows]), "other": codes(np.full(rows.size, EXERCISE))})


RULE = Rule(
    code="DOC401",
    name="exercise-and-activities-not-told-apart",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=activities_graded("activities", WHOLE),
    element="activities",
    message="{code} and {other} stand side by side; the note does not tell activities and exercise apart",
    remedy=chart("What was done under {code} that was a task, and what under {other} that was exercise?"),
    sources=("cms-bpm-15-220.3", "cms-ncci-manual-2026-ch11-p"),
    find=find,
)
