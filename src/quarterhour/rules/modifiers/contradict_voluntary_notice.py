"""GX, a voluntary notice for care that is never covered, stands with GA or GZ, which are for covered care."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, modifier_set
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with GX and a modifier of necessity."""
    line = facts.line
    rows = rows[(line.modifiers[rows] & facts.modifiers("GX") != 0) & line.billed[rows]]
    other = line.modifiers[rows] & facts.modifiers("GA", "GZ")
    return Hits(rows[other != 0], {"other": modifier_set(other[other != 0])})


RULE = Rule(
    code="MOD120",
    name="voluntary-notice-on-covered-service",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="line",
    applies="abn_modifiers",
    modifiers=("GX",),
    message="GX is a notice for care that is never covered, {other} is for covered care; both stand on the line",
    remedy=choice("Keep GX if Medicare never covers the service, {other} if it covers it and necessity is in doubt."),
    sources=("cms-cr-6563", "abn-modifier-articles"),
    find=find,
)
