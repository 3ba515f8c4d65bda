"""An institutional claim has no type of bill."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import ABSENT, IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Institutional claims without the first two places of a type of bill."""
    claim = facts.claim
    return Hits(rows[(claim.type[rows] == 1) & (claim.facility[rows] == ABSENT)])


RULE = Rule(
    code="INS107",
    name="institutional-claim-without-bill-type",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The claim has no type of bill of two digits and a frequency",
    remedy=choice("Enter the type of bill, such as 74 for a rehabilitation agency."),
    sources=("cms-cpm-25",),
    find=find,
)
