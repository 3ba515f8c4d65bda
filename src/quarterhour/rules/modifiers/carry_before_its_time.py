"""A line carries a modifier that does not exist on its date of service."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, holds, modifier_set
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with modifiers that were not yet, or no longer, in use."""
    line = facts.line
    dead = line.modifiers[rows] & ~facts.live_modifiers()[line.visit[rows]]
    hit = dead != 0
    return Hits(rows[hit], {"modifier": modifier_set(dead[hit])})


RULE = Rule(
    code="MOD117",
    name="modifier-before-its-time",
    # The first days of some modifiers are known from memory alone, so the sentence cannot be an error.
    severity="warning",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    only_where=(holds("billed"),),
    message="{modifier} is not in use on this date of service",
    remedy=choice("Bill without {modifier}, or correct the date of service."),
    sources=("cms-hcpcs-modifiers", "cms-cpm-5-20.1"),
    find=find,
)
