"""A claim has more diagnoses than its format holds."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims over the number of diagnoses of their type."""
    claim = facts.claim
    professional = facts.parameter("cms/claim:most_diagnoses_professional")[claim.subject[rows]]
    institutional = facts.parameter("cms/claim:most_diagnoses_institutional")[claim.subject[rows]]
    most = np.where(claim.type[rows] == 0, professional, institutional)
    over = claim.diagnoses[rows] > most
    rows, most = rows[over], most[over]
    return Hits(rows, {"diagnoses": claim.diagnoses[rows], "most": most})


RULE = Rule(
    code="DGN106",
    name="more-diagnoses-than-a-claim-holds",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    reads=("cms/claim:most_diagnoses_professional", "cms/claim:most_diagnoses_institutional"),
    message="The claim has {diagnoses} diagnoses; it holds {most}",
    remedy=choice("Keep the {most} that were treated or bear on the treatment."),
    sources=("x12-837-limits",),
    find=find,
)
