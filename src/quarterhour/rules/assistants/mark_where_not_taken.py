"""CQ or CO stands on a line of a payer or setting that does not ask for it."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, modifier_set
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Lines with an assistant modifier where the payer's terms for the setting and date say there is none."""
    line = facts.line
    found = line.modifiers[rows] & facts.modifiers("assistant")
    rows, found = rows[found != 0], found[found != 0]
    visit = line.visit[rows]
    # Before the modifiers existed another rule speaks.
    needless = (facts.term("assistant_modifiers")[visit] == 0) & (found & facts.live_modifiers()[visit] != 0)
    return Hits(rows[needless], {"modifier": modifier_set(found[needless])})


RULE = Rule(
    code="AST105",
    name="assistant-modifier-where-it-does-not-apply",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="assistant_modifier",
    over="line",
    modifiers=("assistant",),
    message="{modifier} stands on the line, but the payer's terms for this setting do not ask for it",
    remedy=choice("Bill without {modifier}, unless this payer asks for it in its contract or policy."),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
