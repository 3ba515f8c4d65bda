"""The time between start and stop of a timed service is longer than its minutes."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, given, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Timed lines with minutes whose intervals hold more of them."""
    line = facts.line
    rows = rows[line.interval_minutes[rows] > line.minutes[rows]]
    return Hits(
        rows,
        {"code": codes(line.code[rows]), "minutes": line.minutes[rows], "held": line.interval_minutes[rows]},
    )


RULE = Rule(
    code="TIM104",
    name="intervals-longer-than-minutes",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="line",
    only_where=(holds("interval_minutes"), holds("timed"), given("minutes")),
    element="start_stop_times",
    message="{code} has {minutes} minutes, its start and stop times hold {held}",
    remedy=chart("What filled the rest of the time of {code}: rest, another service, another patient, or treatment?"),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.3"),
    find=find,
)
