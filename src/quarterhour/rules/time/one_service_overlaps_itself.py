"""Intervals of one service overlap, so that its minutes are counted twice."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Overlaps of a line with itself."""
    overlap = facts.overlap
    rows = rows[overlap.line[rows] == overlap.other_line[rows]]
    return Hits(rows, {"minutes": overlap.minutes[rows], "code": codes(overlap.other_code[rows])})


RULE = Rule(
    code="TIM119",
    name="intervals-of-one-service-overlap",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="time_conflict",
    over="overlap",
    element="start_stop_times",
    message="minutes that two intervals of {code} share: {minutes}",
    remedy=chart("When did each part of {code} begin and end?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
