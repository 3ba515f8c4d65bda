"""A payer that asks for start and stop times gets a timed service without."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed timed lines without an interval, in visits without a note that might give it."""
    line = facts.line
    rows = rows[(line.intervals[rows] == 0) & line.timed[rows] & line.billed[rows]]
    if not rows.size:
        return Hits(rows)
    rows = rows[~facts.visit.note_given[line.visit[rows]]]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="TIM113",
    name="start-stop-times-missing",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="line",
    applies="start_stop_times",
    element="start_stop_times",
    message="{code} has no start and stop time, which the payer asks for",
    remedy=chart("When did {code} begin and end?"),
    sources=("commercial-practice",),
    find=find,
)
