"""An assistant furnished more minutes of a service than the service has."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, given, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Lines whose assistant minutes are above their minutes."""
    line = facts.line
    rows = rows[line.assistant_minutes[rows] > line.minutes[rows]]
    return Hits(
        rows,
        {
            "code": codes(line.code[rows]),
            "assistant": line.assistant_minutes[rows],
            "minutes": line.minutes[rows],
        },
    )


RULE = Rule(
    code="TIM115",
    name="assistant-minutes-exceed-service",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="time_conflict",
    over="line",
    only_where=(holds("assistant_minutes"), given("minutes")),
    message="{code} has {minutes} minutes, of which an assistant furnished {assistant}",
    remedy=chart("How many minutes of {code} were given in all, and how many of them by the assistant alone?"),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
