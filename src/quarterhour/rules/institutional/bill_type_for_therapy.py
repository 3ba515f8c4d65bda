"""Outpatient therapy is billed on a type of bill that is not for it."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Institutional claims for therapy whose type of bill is not listed."""
    claim = facts.claim
    rows = rows[(claim.therapy_lines[rows] > 0) & (claim.type[rows] == 1)]
    listed = facts.listed("cms/claim:therapy_bill_types", claim.subject[rows], claim.facility[rows])
    rows = rows[~listed]
    return Hits(rows, {"type": claim.facility[rows]})


RULE = Rule(
    code="INS108",
    name="bill-type-not-for-therapy",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim",
    reads=("cms/claim:therapy_bill_types",),
    needs=("facility",),
    message="Outpatient therapy is not billed on type of bill {type}x",
    remedy=choice("Enter the type of bill of outpatient therapy for this kind of house."),
    sources=("cms-cpm-5-40",),
    find=find,
)
