"""Who furnished the services stands there as referring too."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims whose referring provider furnished a line."""
    return Hits(rows[facts.claim.own_referral[rows]])


RULE = Rule(
    code="PTY110",
    name="therapist-refers-to-self",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim",
    applies="certifying_provider",
    message="The referring provider is the one who furnished the services",
    remedy=chart("Who certified the plan of care?"),
    sources=("cms-bpm-15-220.1.3", "cms-cpm-5-10.3.5"),
    find=find,
)
