"""The patient is not the insured, and the insured is not named."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims of a dependent without the insured."""
    claim = facts.claim
    return Hits(rows[claim.coverage_given[rows] & ~claim.self_insured[rows] & ~claim.insured_given[rows]])


RULE = Rule(
    code="PTY119",
    name="dependent-without-insured",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The patient is a dependent, and the claim does not name the insured",
    remedy=choice("Enter the insured's name, birth date, sex and address."),
    sources=("x12-837-required",),
    find=find,
)
