"""A timed service too short for a unit is billed with the modifier of a reduced service."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed timed lines with the modifier whose minutes are below those of a first unit."""
    line = facts.line
    rows = rows[(line.modifiers[rows] & facts.modifiers("52")) != 0]
    if not rows.size:
        return Hits(rows)
    least = facts.parameter("cms/timed_units:first_unit_minimum")[line.visit[rows]]
    short = (line.minutes[rows] >= 0) & (line.minutes[rows] < least)
    rows = rows[short & line.billed[rows] & line.in_total[rows]]
    return Hits(rows, {"code": codes(line.code[rows]), "minutes": line.minutes[rows]})


RULE = Rule(
    code="UNT110",
    name="reduced-modifier-for-short-time",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="modifier_unsupported",
    over="line",
    reads=("cms/timed_units:first_unit_minimum",),
    modifiers=("52",),
    message="{code} with modifier 52 stands for {minutes} minutes; a short time is not a reduced service",
    remedy=choice(
        "Take modifier 52 off; the day's total decides whether {code} has a unit. Its minutes stay recorded."
    ),
    sources=("cms-cpm-5-20.2", "aapc-52-timed"),
    find=find,
)
