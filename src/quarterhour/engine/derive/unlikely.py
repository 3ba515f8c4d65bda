"""Units of a code against the most the unlikely-units edit lets through, as its adjudication indicator counts them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.claim import ClaimType
from quarterhour.engine.derive.groups import group
from quarterhour.policy import Policy
from quarterhour.policy.edits import CLAIM_TYPES, UnlikelyUnits
from quarterhour.rules.facts import LineFacts, UnlikelyFacts, VisitFacts

IntArray = NDArray[np.int64]
_BY_LINE = 1


def unlikely_facts(visits: VisitFacts, lines: LineFacts, policy: Policy) -> UnlikelyFacts:
    """Fill the table; days before the edit's quarters begin have no rows (a rule reports them as not checked)."""
    edits = policy.unlikely
    visit = lines.visit
    claim = visits.claim_type[visit]
    rows = np.flatnonzero(
        (lines.units > 0) & (claim >= 0) & (visits.day[visit] >= edits.release.covers_from.toordinal())
    )
    limits = _limits(policy, claim[rows], lines.code[rows])
    listed = np.array([limit is not None for limit in limits], dtype=np.bool_)
    rows = rows[listed]
    known = [limit for limit in limits if limit is not None]
    limit = np.array([one.units for one in known], dtype=np.int64)
    how = np.array([one.adjudication for one in known], dtype=np.int64)
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


def _limits(policy: Policy, claims: IntArray, codes: IntArray) -> list[UnlikelyUnits | None]:
    names: tuple[ClaimType, ...] = CLAIM_TYPES
    values = policy.unlikely.values
    return [values[names[claim]].get(code) for claim, code in zip(claims.tolist(), codes.tolist(), strict=True)]
