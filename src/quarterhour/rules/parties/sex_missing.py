"""The patient of a claim has no sex."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims whose patient has no sex."""
    return Hits(rows[~facts.claim.sex_given[rows]])


RULE = Rule(
    code="PTY112",
    name="patient-without-sex",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The patient of the claim has no sex",
    remedy=choice("Enter the sex as the payer has it on file."),
    sources=("x12-837-required",),
    find=find,
)
