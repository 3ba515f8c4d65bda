"""A line carries the discipline modifier of another discipline than the visit's."""

from __future__ import annotations

import numpy as np

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.rules.contract import Hits, Rule, choice, holds, modifier_set, words
from quarterhour.rules.facts import Facts, IntArray

#: By discipline as facts number it, 0 for none given.
_OWN = ("GP, GO or GN", "GP", "GO", "GN")
_NAMES = ("", *DISCIPLINES)


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with a discipline modifier, and not the one of the visit's discipline."""
    line = facts.line
    own = np.array([facts.modifiers("discipline"), *map(facts.modifiers, _OWN[1:])])
    discipline = facts.visit.discipline[line.visit[rows]]
    held = line.modifiers[rows] & facts.modifiers("discipline")
    other = (held != 0) & (held & own[discipline] == 0)
    rows, discipline = rows[other], discipline[other]
    return Hits(
        rows,
        {
            "modifier": modifier_set(held[other]),
            "discipline": words(discipline, _NAMES),
            "own": words(discipline, _OWN),
        },
    )


RULE = Rule(
    code="MOD102",
    name="discipline-modifier-of-another-discipline",
    severity="error",
    confidence="high",
    persona="biller",
    kind="modifier_unsupported",
    over="line",
    only_where=(holds("billed"),),
    applies="discipline_modifiers",
    modifiers=("discipline",),
    message="The visit is {discipline}, but the line carries {modifier}, not {own}",
    remedy=choice("Bill {own}, or correct the discipline of the visit, as the plan of care has it."),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
