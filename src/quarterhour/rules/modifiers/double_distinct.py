"""59 and one of XE, XS, XP, XU stand on one line."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, modifier_set
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with 59 and a more descriptive modifier that existed on the day."""
    line = facts.line
    rows = rows[(line.modifiers[rows] & facts.modifiers("59") != 0) & line.billed[rows]]
    if not rows.size:
        return Hits(rows)
    other = line.modifiers[rows] & facts.modifiers("XE", "XS", "XP", "XU") & facts.live_modifiers()[line.visit[rows]]
    return Hits(rows[other != 0], {"other": modifier_set(other[other != 0])})


RULE = Rule(
    code="MOD112",
    name="distinct-modifiers-doubled",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    modifiers=("59",),
    message="59 and {other} both stand on the line",
    remedy=choice("Keep the one that says most exactly why the services are distinct; 59 only if none does."),
    sources=("cms-cr-8863", "cms-ncci-manual-2026-ch1-e"),
    find=find,
)
