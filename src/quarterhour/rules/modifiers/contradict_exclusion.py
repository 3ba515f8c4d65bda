"""GY, which says excluded by law, stands with GA or GZ, which expect a denial for lack of necessity."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, modifier_set
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with GY and a modifier of necessity."""
    line = facts.line
    rows = rows[(line.modifiers[rows] & facts.modifiers("GY") != 0) & line.billed[rows]]
    other = line.modifiers[rows] & facts.modifiers("GA", "GZ")
    return Hits(rows[other != 0], {"other": modifier_set(other[other != 0])})


RULE = Rule(
    code="MOD118",
    name="statutory-and-necessity-notices",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    applies="abn_modifiers",
    modifiers=("GY",),
    message="GY says the service is excluded by law, {other} that it is not necessary; both stand on the line",
    remedy=choice("Keep GY if Medicare never covers the service, {other} if it covers it and necessity is in doubt."),
    sources=("abn-modifier-articles",),
    find=find,
)
