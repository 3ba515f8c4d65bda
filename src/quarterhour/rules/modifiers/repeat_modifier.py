"""The same modifier stands twice on a line."""

from __future__ import annotations

from quarterhour.domain.columns import ABSENT
from quarterhour.rules.contract import Hits, Rule, format_remedy, modifier
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with a modifier written twice; the first of them is named."""
    line = facts.line
    rows = rows[(line.repeated_modifier[rows] != ABSENT) & line.billed[rows]]
    return Hits(rows, {"modifier": modifier(line.repeated_modifier[rows])})


RULE = Rule(
    code="MOD115",
    name="modifier-repeated",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    message="{modifier} stands twice on the line",
    remedy=format_remedy("Keep {modifier} once."),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
