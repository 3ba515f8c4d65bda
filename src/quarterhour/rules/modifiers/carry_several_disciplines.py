"""A line carries more discipline modifiers than one."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, choice, modifier_set
from quarterhour.rules.facts import Facts, IntArray

_MODIFIERS = ("GP", "GO", "GN")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with different discipline modifiers, more than a line can carry."""
    line = facts.line
    held = line.modifiers[rows] & facts.modifiers("discipline")
    several = held & (held - 1) != 0
    rows, held = rows[several], held[several]
    if not rows.size:
        return Hits(rows)
    count = np.add.reduce([(held & facts.modifiers(one) != 0).astype(np.int64) for one in _MODIFIERS])
    most = facts.parameter("cms/claim:discipline_modifiers_per_line")[line.visit[rows]]
    over = (count > most) & line.billed[rows]
    return Hits(rows[over], {"modifiers": modifier_set(held[over])})


RULE = Rule(
    code="MOD103",
    name="several-discipline-modifiers",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    applies="discipline_modifiers",
    reads=("cms/claim:discipline_modifiers_per_line",),
    modifiers=("discipline",),
    message="The line carries several discipline modifiers: {modifiers}",
    remedy=choice("Keep the one of the plan of care the service was furnished under."),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
