"""A line carries more modifiers than a claim has places for."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with too many modifiers."""
    line = facts.line
    most = facts.parameter("cms/claim:max_modifiers_per_line")[line.visit[rows]]
    over = (line.modifier_count[rows] > most) & line.billed[rows]
    return Hits(rows[over], {"count": line.modifier_count[rows[over]], "most": most[over]})


RULE = Rule(
    code="MOD116",
    name="too-many-modifiers",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    reads=("cms/claim:max_modifiers_per_line",),
    message="{count} modifiers stand on the line, which has room for {most}",
    remedy=choice("Keep those that decide payment; put 99 in the last place and name the others in the line's note."),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
