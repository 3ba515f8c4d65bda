"""A timed service claims more minutes than the time between its start and stop."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, fails, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Timed lines with intervals that hold fewer minutes than are recorded; a reversed interval is TIM105."""
    line = facts.line
    rows = rows[line.minutes[rows] > line.interval_minutes[rows]]
    return Hits(
        rows,
        {"code": codes(line.code[rows]), "minutes": line.minutes[rows], "held": line.interval_minutes[rows]},
    )


RULE = Rule(
    code="TIM103",
    name="intervals-shorter-than-minutes",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="time_conflict",
    over="line",
    only_where=(holds("intervals"), holds("timed"), fails("reversed_intervals")),
    element="start_stop_times",
    message="{code} has {minutes} minutes, its start and stop times hold {held}",
    remedy=chart("Which is right for {code}, {minutes} minutes or the start and stop times?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
