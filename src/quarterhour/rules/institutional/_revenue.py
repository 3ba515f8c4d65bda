"""Which discipline a revenue code belongs to."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.facts import IntArray

#: In the order of ``domain.visit.DISCIPLINES``.
_LISTS = ("cms/claim:revenue_codes_pt", "cms/claim:revenue_codes_ot", "cms/claim:revenue_codes_slp")


def revenue_discipline(facts: FactsOfClaims, rows: IntArray) -> IntArray:
    """For lines: 1 + the discipline whose therapy their revenue code is of, 0 where it is of none."""
    line = facts.claim_line
    of = np.zeros(rows.size, dtype=np.int64)
    for discipline, name in enumerate(_LISTS, 1):
        of[facts.listed(name, line.subject[rows], line.revenue[rows])] = discipline
    return of
