"""A code that is not on Medicare's therapy list carries a discipline modifier."""

from __future__ import annotations

from quarterhour.policy.codes import DESIGNATIONS
from quarterhour.rules.contract import Hits, Rule, choice, exactly, holds, modifier_set
from quarterhour.rules.facts import Facts, IntArray

_NOT_THERAPY = DESIGNATIONS.index("none")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with a discipline modifier on a code that the list does not have that day."""
    line = facts.line
    held = line.modifiers[rows] & facts.modifiers("discipline")
    return Hits(rows[held != 0], {"modifier": modifier_set(held[held != 0])})


RULE = Rule(
    code="MOD105",
    name="discipline-modifier-on-other-code",
    severity="warning",
    confidence="low",
    persona="biller",
    kind="modifier_unsupported",
    over="line",
    only_where=(exactly("designation", _NOT_THERAPY), holds("billed")),
    # Medicare's own list: other payers ask for the modifier on codes that Medicare does not take at all.
    applies="kx_threshold",
    modifiers=("discipline",),
    message="The line carries {modifier}, but its code is not on Medicare's therapy list",
    remedy=choice("Bill without {modifier}, unless a therapist furnished the service under a therapy plan of care."),
    sources=("cms-cpm-5-20",),
    find=find,
)
