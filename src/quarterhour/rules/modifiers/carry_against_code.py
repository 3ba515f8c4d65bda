"""A code that belongs to one discipline carries the modifier of another."""

from __future__ import annotations

import numpy as np

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.policy.edits import CLAIM_TYPES
from quarterhour.rules.contract import Hits, Rule, choice, modifier_set, words
from quarterhour.rules.facts import Facts, IntArray

_OWN = ("GP", "GO", "GN")
_NAMES = ("", *DISCIPLINES)
_PROFESSIONAL = CLAIM_TYPES.index("professional")
_EVALUATION_EDIT = "cms/claim:evaluation_discipline_edit"
_PROFESSIONAL_EDIT = "cms/claim:professional_discipline_edit"


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines of a code bound to a discipline with another one's modifier, where a claim edit looks for it."""
    line = facts.line
    held = line.modifiers[rows] & facts.modifiers("discipline")
    bound = line.bound_discipline[rows]
    own = np.array([facts.modifiers("discipline"), *map(facts.modifiers, _OWN)])
    against = (held != 0) & (held & own[bound] == 0) & line.billed[rows]
    rows, held, bound = rows[against], held[against], bound[against]
    if not rows.size:
        return Hits(rows)
    at = line.visit[rows]
    edited = (facts.parameter(_PROFESSIONAL_EDIT)[at] > 0) & (facts.visit.claim_type[at] == _PROFESSIONAL)
    evaluation = facts.of_kind(line.kind[rows], "evaluation", "re-evaluation")
    edited |= evaluation & (facts.parameter(_EVALUATION_EDIT)[at] > 0)
    # A modifier that contradicts the visit itself is reported as that, once.
    discipline = facts.visit.discipline[at]
    edited &= held & own[discipline] != 0
    return Hits(
        rows[edited],
        {"modifier": modifier_set(held[edited]), "discipline": words(bound[edited], _NAMES)},
    )


RULE = Rule(
    code="MOD104",
    name="discipline-modifier-against-bound-code",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    applies="discipline_modifiers",
    reads=(_EVALUATION_EDIT, _PROFESSIONAL_EDIT),
    modifiers=("discipline",),
    message="The code belongs to {discipline}, but the line carries {modifier}",
    remedy=choice("Bill the code of the discipline that furnished the service, with its modifier."),
    sources=("cms-cr-8556", "cms-cr-10176"),
    find=find,
)
