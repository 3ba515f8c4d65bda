"""The amount accrued is above the one from which claims may be picked for targeted medical review."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, cents, chart, holds
from quarterhour.rules.facts import Facts, IntArray

_REVIEW = "cms/thresholds:review_threshold"


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed visits before which the amount for review was passed."""
    visit, amounts = facts.visit, facts.parameter(_REVIEW)
    rows = rows[visit.accrued[rows] > amounts[rows]]
    return Hits(rows, {"accrued": cents(visit.accrued[rows]), "threshold": cents(amounts[rows])})


RULE = Rule(
    code="MOD111",
    name="review-threshold-passed",
    severity="info",
    confidence="high",
    persona="auditor",
    kind="other",
    over="visit",
    only_where=(holds("discipline"), holds("billed_lines")),
    applies="kx_threshold",
    reads=(_REVIEW,),
    needs=("accrued",),
    message="{accrued} accrued before this visit is above {threshold}, from where claims may be picked for review",
    remedy=chart("Does the record show why this visit needed a therapist, and what has changed since the plan began?"),
    sources=("cms-cpm-5-10.3",),
    find=find,
)
