"""The note tells what was done and no service it was, and nothing was billed by it yet."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, chart, fails, words
from quarterhour.rules.facts import Facts, IntArray

_WHICH = ("how many minutes", "which of the minutes told")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of visits without a line that tell activities of that day and name no service as performed."""
    note = facts.note
    rows = rows[np.any([column[rows] > 0 for column in note.performed.values()], axis=0)]
    return Hits(
        rows,
        {"minutes": words(note.minutes_told[rows].astype(np.int64), _WHICH)},
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
    remedy=chart("Under which service, and in {minutes}, was this done?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
