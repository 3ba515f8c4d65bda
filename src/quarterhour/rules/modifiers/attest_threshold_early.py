"""KX stands on a line though the threshold is not reached, not even by all charges of the visit."""

from __future__ import annotations

import numpy as np

from quarterhour.policy.edits import CLAIM_TYPES
from quarterhour.rules.contract import Hits, Rule, cents, choice
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.modifiers._threshold import AMOUNTS, threshold

_PROFESSIONAL = CLAIM_TYPES.index("professional")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with KX of visits that end below the threshold.

    What accrues in a year only grows, so an earlier visit that says more than the visit itself is believed.
    An institutional claim spans many visits and carries KX on all lines once one of them exceeds, so it is left alone.
    """
    visit, line = facts.visit, facts.line
    rows = rows[(line.modifiers[rows] & facts.modifiers("threshold") != 0) & line.billed[rows]]
    if not rows.size:
        return Hits(rows)
    at, amounts = line.visit[rows], threshold(facts)
    accrued = np.maximum(visit.accrued[at], facts.history.accrued_by[at])
    early = (
        (accrued + visit.charges[at] <= amounts[at])
        & (visit.discipline[at] > 0)
        & (visit.claim_type[at] == _PROFESSIONAL)
    )
    rows, at, accrued = rows[early], at[early], accrued[early]
    return Hits(
        rows,
        {"accrued": cents(accrued), "charges": cents(visit.charges[at]), "threshold": cents(amounts[at])},
    )


RULE = Rule(
    code="MOD107",
    name="kx-below-threshold",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="modifier_unsupported",
    over="line",
    applies="kx_threshold",
    reads=AMOUNTS,
    needs=("visit.accrued", "visit.charges"),
    modifiers=("threshold",),
    message="KX at {accrued} accrued and {charges} charged today; the threshold of {threshold} is not passed",
    remedy=choice("Take KX off, unless other providers' claims bring the patient over the threshold."),
    sources=("cms-cpm-5-10.3",),
    find=find,
)
