"""Units of a code against the most the unlikely-units edit lets through, as its adjudication indicator counts them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quarterhour.engine.derive.groups import group
from quarterhour.policy import Policy
from quarterhour.rules.facts import LineFacts, UnlikelyFacts, VisitFacts

IntArray = NDArray[np.int64]
_BY_LINE = 1


def unlikely_facts(visits: VisitFacts, lines: LineFacts, order: IntArray, policy: Policy) -> UnlikelyFacts:
    """Fill the table; days before the first release have no rows (a rule reports them as not checked).

    ``order`` is that of the lines by patient, day and code.
    """
    edits = policy.unlikely
    visit = lines.visit
    claim = visits.claim_type[visit]
    rows = order[((lines.units > 0) & (claim >= 0))[order]]
    limit, how = edits.limits(claim[rows], lines.code[rows], visits.day[visit[rows]])
    listed = limit >= 0
    rows, limit, how = rows[listed], limit[listed], how[listed]
    # A claim-line edit counts every line for itself, so such lines get a group each.
    apart = np.where(how == _BY_LINE, rows, -1)
    at = visit[rows]
    groups = group(
        visits.patient[at], visits.day[at], visits.claim_type[at], visits.therapist[at], lines.code[rows], apart
    )
    first = groups.first
    return UnlikelyFacts(
        visit=visit[rows[first]],
        line=rows[first],
        code=lines.code[rows[first]],
        units=groups.sums(lines.units[rows]),
        limit=limit[first],
        adjudication=how[first],
    )
