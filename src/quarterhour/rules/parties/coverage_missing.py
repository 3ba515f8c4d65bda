"""A claim names no payer that covers the patient."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims without coverage."""
    return Hits(rows[~facts.claim.coverage_given[rows]])


RULE = Rule(
    code="PTY118",
    name="claim-without-coverage",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The claim names no coverage: neither payer nor insured",
    remedy=choice("Enter payer, payer id and member id."),
    sources=("x12-837-required",),
    find=find,
)
