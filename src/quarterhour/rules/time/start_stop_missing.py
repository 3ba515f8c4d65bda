"""A payer that asks for start and stop times gets a timed service without."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, fails, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed timed lines without an interval, in visits without a note that might give it."""
    line = facts.line
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="TIM113",
    name="start-stop-times-missing",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="line",
    only_where=(fails("intervals"), holds("timed"), holds("billed"), fails("visit.note_given")),
    applies="start_stop_times",
    element="start_stop_times",
    message="{code} has no start and stop time, which the payer asks for",
    remedy=chart("When did {code} begin and end?"),
    sources=("commercial-practice",),
    find=find,
)
