"""The patient of a claim has no family name."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims whose patient has no family name."""
    return Hits(rows[~facts.claim.family_name_given[rows]])


RULE = Rule(
    code="PTY113",
    name="patient-without-family-name",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The patient of the claim has no family name",
    remedy=choice("Enter the family name as the payer has it on file."),
    sources=("x12-837-required",),
    find=find,
)
