"""CQ stands without GP, or CO without GO."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, choice, words
from quarterhour.rules.facts import Facts, IntArray

_ASSISTANT = ("CO", "CQ")
_DISCIPLINE = ("GO", "GP")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Lines with an assistant modifier and not the discipline modifier it goes with."""
    held = facts.line.modifiers
    rows = rows[held[rows] & facts.modifiers("assistant") != 0]
    found = held[rows]
    lone = [
        (found & facts.modifiers(assistant) != 0) & (found & facts.modifiers(discipline) == 0)
        for assistant, discipline in zip(_ASSISTANT, _DISCIPLINE, strict=True)
    ]
    hit = np.logical_or.reduce(lone)
    which = lone[1][hit].astype(np.int64)
    return Hits(rows[hit], {"assistant": words(which, _ASSISTANT), "discipline": words(which, _DISCIPLINE)})


RULE = Rule(
    code="AST104",
    name="assistant-modifier-without-its-discipline",
    severity="error",
    confidence="high",
    persona="biller",
    kind="assistant_modifier",
    over="line",
    applies="assistant_modifiers",
    modifiers=("assistant",),
    message="{assistant} stands on a line without {discipline}",
    remedy=choice("Bill the pair that fits the plan of care and the assistant: CQ with GP, or CO with GO."),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
