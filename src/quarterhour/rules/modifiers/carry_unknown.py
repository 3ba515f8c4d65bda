"""A line carries a modifier the policy data do not know."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, given, holds, modifier
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with an unknown modifier; the first of them is named."""
    line = facts.line
    return Hits(rows, {"modifier": modifier(line.unknown_modifier[rows])})


RULE = Rule(
    code="MOD114",
    name="modifier-unknown",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="line",
    only_where=(given("unknown_modifier"), holds("billed")),
    message="{modifier} is not among the modifiers known for therapy lines",
    remedy=choice("See whether {modifier} is a slip of the pen; if this payer asks for it, leave it."),
    sources=("cms-hcpcs-modifiers",),
    find=find,
)
