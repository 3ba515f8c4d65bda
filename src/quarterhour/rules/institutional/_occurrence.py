"""Which occurrence codes an institutional claim has."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.claim_facts import OCCURRENCE, FactsOfClaims
from quarterhour.rules.facts import BoolArray, IntArray


def has_occurrence(facts: FactsOfClaims, rows: IntArray, wanted: IntArray) -> BoolArray:
    """For claims, whether each has the occurrence code wanted of it (as long as ``rows``)."""
    code = facts.claim_code
    of_claim = np.full(facts.claim.claim.size, -1)
    of_claim[rows] = wanted
    there = np.zeros(facts.claim.claim.size, dtype=np.bool_)
    there[code.claim[(code.qualifier == OCCURRENCE) & (code.code == of_claim[code.claim])]] = True
    return there[rows]


def without_occurrence(
    facts: FactsOfClaims, rows: IntArray, names: tuple[str, ...]
) -> tuple[IntArray, IntArray, IntArray]:
    """Institutional claims that bill a discipline without its occurrence code.

    ``names`` are the parameters with the codes, in the order of ``domain.visit.DISCIPLINES``. The answer has a row a
    claim and discipline: the claim, the discipline, and the code it lacks.
    """
    claim, line = facts.claim, facts.claim_line
    rows = rows[claim.type[rows] == 1]
    found: list[tuple[IntArray, IntArray, IntArray]] = []
    for discipline, name in enumerate(names):
        bills = np.zeros(claim.claim.size, dtype=np.bool_)
        bills[line.claim[line.discipline == discipline + 1]] = True
        own = rows[bills[rows]]
        wanted = facts.parameter(name)[claim.subject[own]]
        lacking = ~has_occurrence(facts, own, wanted)
        found.append((own[lacking], np.full(int(lacking.sum()), discipline), wanted[lacking]))
    claims, disciplines, codes = (np.concatenate(part) for part in zip(*found, strict=True))
    return claims, disciplines, codes
