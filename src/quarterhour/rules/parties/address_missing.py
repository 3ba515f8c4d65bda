"""The patient of a claim has no address."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims whose patient has no address."""
    return Hits(rows[~facts.claim.address_given[rows]])


RULE = Rule(
    code="PTY114",
    name="patient-without-address",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The patient of the claim has no address",
    remedy=choice("Enter the address as the payer has it on file."),
    sources=("x12-837-required",),
    find=find,
)
