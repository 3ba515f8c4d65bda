"""XE, XS, XP or XU stands on a line for a payer that does not take them."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, modifier_set
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with an X modifier where the payer's terms do not know them."""
    line = facts.line
    held = line.modifiers[rows] & facts.modifiers("XE", "XS", "XP", "XU")
    rows, held = rows[held != 0], held[held != 0]
    refused = (facts.term("x_modifiers")[line.visit[rows]] == 0) & line.billed[rows]
    return Hits(rows[refused], {"modifier": modifier_set(held[refused])})


RULE = Rule(
    code="MOD113",
    name="x-modifier-not-taken",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="line",
    modifiers=("XE", "XS", "XP", "XU"),
    message="The payer's terms do not take {modifier} on this date",
    remedy=choice("If the record supports that the service is distinct, say so with 59."),
    sources=("cms-ncci-manual-2026-ch1-e", "cms-cr-8863"),
    find=find,
)
