"""An interval ends before, or when, it begins."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Lines with such an interval."""
    line = facts.line
    return Hits(rows, {"code": codes(line.code[rows]), "count": line.reversed_intervals[rows]})


RULE = Rule(
    code="TIM105",
    name="interval-ends-before-it-begins",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="time_conflict",
    over="line",
    only_where=(holds("reversed_intervals"),),
    element="start_stop_times",
    message="intervals of {code} that end no later than they begin: {count}",
    remedy=chart("When did {code} begin and end?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
