"""The note gives minutes by service, or timed work under no service, and no total of timed minutes."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, chart, exactly, words
from quarterhour.rules.documentation._reading import timed_billed, under_no_service
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.note_codes import NOTHING, TIMED, WHOLE

_WHAT = ("gives minutes by service", "tells work of timed codes under no service")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of visits with a billed timed service that state minutes for each and no total, nor does the record; and,
    where nothing is billed yet, notes of timed work that name no service.
    """
    note = facts.note
    asked = facts.parameter("cms/treatment_note:total_timed_minutes")[note.visit[rows]] > 0
    by_service = (note.grades["service_minutes"][rows] == WHOLE) & timed_billed(facts)[rows]
    unnamed = under_no_service(facts, rows) & (note.treatment[rows] == TIMED)
    rows, unnamed = rows[asked & (by_service | unnamed)], unnamed[asked & (by_service | unnamed)]
    at = [
        np.where(unnamed, column["activities"][rows], column["service_minutes"][rows])
        for column in (note.starts, note.ends)
    ]
    return Hits(rows, {"what": words(unnamed.astype(np.int64), _WHAT)}, ((at[0], at[1]),))


RULE = Rule(
    code="DOC103",
    name="timed-total-not-stated",
    severity="warning",
    confidence="high",
    persona="therapist",
    kind="documentation",
    over="note",
    only_where=(
        exactly("grades.total_timed_minutes", NOTHING),
        exactly("visit.total_timed_minutes", ABSENT),
    ),
    applies="treatment_note",
    reads=("cms/treatment_note:total_timed_minutes",),
    element="total_timed_minutes",
    message="the note {what} and no total of timed minutes",
    remedy=chart("How many timed minutes were there in all?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
