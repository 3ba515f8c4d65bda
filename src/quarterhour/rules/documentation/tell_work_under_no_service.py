"""The note tells what was done and no service it was, and nothing was billed by it yet."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, chart, fails, words
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import HOW_LONG, UNDER_WHICH


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of visits without a line that tell activities of that day and name no service as performed."""
    note = facts.note
    rows = rows[np.any([column[rows] > 0 for column in note.performed.values()], axis=0)]
    return Hits(
        rows,
        {"minutes": words(note.minutes_told[rows].astype(np.int64), HOW_LONG)},
        ((note.starts["activities"][rows], note.ends["activities"][rows]),),
    )


RULE = Rule(
    code="DOC116",
    name="work-under-no-service",
    severity="info",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note",
    only_where=(fails("services"), fails("visit.lines")),
    applies="treatment_note",
    element="service_minutes",
    message="the note tells work that was done and names no service it was done under",
    remedy=chart(UNDER_WHICH),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
