"""The patient of a claim has no birth date."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import ABSENT, IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims whose patient has no birth date."""
    return Hits(rows[facts.claim.birth_day[rows] == ABSENT])


RULE = Rule(
    code="PTY111",
    name="patient-without-birth-date",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The patient of the claim has no birth date",
    remedy=choice("Enter the birth date as the payer has it on file."),
    sources=("x12-837-required",),
    find=find,
)
