"""The same modifier stands twice on a line."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, format_remedy, given, holds, modifier
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with a modifier written twice; the first of them is named."""
    line = facts.line
    return Hits(rows, {"modifier": modifier(line.repeated_modifier[rows])})


RULE = Rule(
    code="MOD115",
    name="modifier-repeated",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    only_where=(given("repeated_modifier"), holds("billed")),
    message="{modifier} stands twice on the line",
    remedy=format_remedy("Keep {modifier} once."),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
