"""A modifier of Medicare's notices stands on a line for a payer that has none."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, modifier_set
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with GA, GX, GY or GZ where the payer's terms say they do not belong."""
    line = facts.line
    held = line.modifiers[rows] & facts.modifiers("notice")
    rows, held = rows[held != 0], held[held != 0]
    strange = (facts.term("abn_modifiers")[line.visit[rows]] == 0) & line.billed[rows]
    return Hits(rows[strange], {"modifier": modifier_set(held[strange])})


RULE = Rule(
    code="MOD121",
    name="notice-modifier-where-it-does-not-belong",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="modifier_unsupported",
    over="line",
    modifiers=("notice",),
    message="{modifier} speaks of a Medicare notice, and this payer has no such notices",
    remedy=choice("Bill without {modifier}; use the payer's own way to ask for a decision before the service."),
    sources=("cms-ma-abn-2014",),
    find=find,
)
