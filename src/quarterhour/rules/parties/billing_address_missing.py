"""The billing provider has no address."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Billing providers without an address."""
    provider = facts.claim_provider
    return Hits(rows[(provider.role[rows] == 0) & ~provider.address_given[rows]])


RULE = Rule(
    code="PTY117",
    name="billing-provider-without-address",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_provider",
    message="The billing provider has no address",
    remedy=choice("Enter the street address where the practice is, as it is enrolled."),
    sources=("x12-837-required",),
    find=find,
)
