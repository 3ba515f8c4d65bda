"""A claim has no member id."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims without the id of the insured."""
    return Hits(rows[~facts.claim.member_given[rows]])


RULE = Rule(
    code="PTY115",
    name="claim-without-member-id",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The claim has no member id",
    remedy=choice("Enter the member id from the insurance card."),
    sources=("x12-837-required", "cms-cpm-26"),
    find=find,
)
