"""A code carries CQ or CO and the record gives none of its minutes to an assistant."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Codes of a day with marked units and no minutes of an assistant."""
    code_day = facts.code_day
    rows = rows[code_day.assistant_billed[rows] > 0]
    rows = rows[code_day.assistant_minutes[rows] == 0]
    return Hits(rows, {"marked": code_day.assistant_billed[rows], "minutes": code_day.minutes[rows]})


RULE = Rule(
    code="AST103",
    name="assistant-modifier-without-assistant-minutes",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="assistant_modifier",
    over="code_day",
    applies="assistant_modifiers",
    needs=("minutes", "units_billed"),
    modifiers=("assistant",),
    message="{marked} units carry the assistant modifier, but none of {minutes} minutes are recorded as an assistant's",
    remedy=chart("Did an assistant furnish part of this service alone? If so, how many of the {minutes} minutes?"),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
