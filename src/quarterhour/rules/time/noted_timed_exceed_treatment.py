"""The note has more timed minutes than treatment time."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, chart, given
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes whose timed minutes, summed or stated, are above their treatment time.

    A record that contradicts itself in the same way speaks for itself (TIM101).
    """
    note, visit = facts.note, facts.visit
    timed = np.maximum(note.service_minutes[rows], note.total_timed_minutes[rows])
    total = note.total_treatment_minutes[rows]
    hit = timed > total
    rows, timed = rows[hit], timed[hit]
    if not rows.size:
        return Hits(rows)
    at = note.visit[rows]
    recorded = visit.total_treatment_minutes[at]
    quiet = (recorded == ABSENT) | (visit.timed_minutes[at] <= recorded)
    rows, timed = rows[quiet], timed[quiet]
    return Hits(
        rows,
        {"timed": timed, "total": note.total_treatment_minutes[rows]},
        (
            (note.starts["total_treatment_time"][rows], note.ends["total_treatment_time"][rows]),
            (note.starts["total_timed_minutes"][rows], note.ends["total_timed_minutes"][rows]),
        ),
    )


RULE = Rule(
    code="TIM203",
    name="timed-exceeds-treatment-time-in-note",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="note",
    only_where=(given("total_treatment_minutes"),),
    message="the note has {timed} timed minutes and {total} minutes of treatment in all",
    remedy=chart("Which is right, the {timed} timed minutes or the {total} minutes of treatment?"),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.2"),
    find=find,
)
