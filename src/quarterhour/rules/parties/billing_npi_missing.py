"""Nobody with an identifier bills."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims without a billing provider; one without identifier is another rule's."""
    return Hits(rows[~facts.claim.given["billing_provider"][rows]])


RULE = Rule(
    code="PTY103",
    name="billing-provider-without-npi",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The claim names no billing provider",
    remedy=choice("Enter who bills: the practice or the therapist, with NPI, tax id and address."),
    sources=("x12-837-required", "cms-cpm-26"),
    find=find,
)
