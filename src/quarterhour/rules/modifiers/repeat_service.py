"""76 or 77, a repeated procedure, stands on a therapy line."""

from __future__ import annotations

from quarterhour.policy.codes import DESIGNATIONS
from quarterhour.rules.contract import Hits, Rule, choice, modifier_set
from quarterhour.rules.facts import Facts, IntArray

_NOT_THERAPY = DESIGNATIONS.index("none")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines of therapy codes with 76 or 77."""
    line = facts.line
    held = line.modifiers[rows] & facts.modifiers("76", "77")
    rows, held = rows[held != 0], held[held != 0]
    therapy = (line.designation[rows] > _NOT_THERAPY) & line.billed[rows]
    return Hits(rows[therapy], {"modifier": modifier_set(held[therapy])})


RULE = Rule(
    code="MOD124",
    name="repeat-modifier-on-therapy-line",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="modifier_unsupported",
    over="line",
    modifiers=("76", "77"),
    message="{modifier} stands on a therapy line; more of the same service is more units, and it passes no pair edit",
    remedy=choice("Bill without {modifier}; add up the day's minutes of the code on one line."),
    sources=("cms-ncci-manual-2026-ch1-e", "cms-cpm-5-20.2"),
    find=find,
)
