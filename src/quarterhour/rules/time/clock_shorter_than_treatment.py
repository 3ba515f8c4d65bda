"""The note's clock times are closer together than its minutes."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, chart, given
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import of_notes


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes whose begin and end span fewer minutes than the treatment, or its timed minutes, took.

    Times as long as one of several services are that service's; timed minutes above a stated treatment time are TIM203.
    """
    note, told = facts.note, facts.note_code
    rows = rows[note.end[rows] > note.begin[rows]]
    if not rows.size:
        return Hits(rows)
    span = note.end - note.begin
    of_one_service = of_notes(facts, told.performed & (told.minutes == span[told.note]))
    claimed = np.maximum(np.maximum(note.total_treatment_minutes, note.total_timed_minutes), note.service_minutes)
    rows = rows[
        (span[rows] < claimed[rows])
        & (note.total_treatment_minutes[rows] != span[rows])
        & ((note.services[rows] == 1) | ~of_one_service[rows])
    ]
    return Hits(
        rows,
        {"span": span[rows], "claimed": claimed[rows]},
        (
            (note.starts["start_stop_times"][rows], note.ends["start_stop_times"][rows]),
            (note.starts["total_treatment_time"][rows], note.ends["total_treatment_time"][rows]),
        ),
    )


RULE = Rule(
    code="TIM204",
    name="clock-times-shorter-than-treatment",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="note",
    only_where=(given("begin"), given("service_minutes")),
    element="start_stop_times",
    message="the note's clock times are {span} minutes apart and its minutes come to {claimed}",
    remedy=chart("When did the visit begin and end, and how many of those minutes were treatment?"),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.2"),
    find=find,
)
