"""A professional claim has a frequency there is not."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Professional claims with another frequency than those of their type."""
    claim = facts.claim
    known = facts.listed("cms/claim:professional_frequencies", claim.subject[rows], claim.frequency[rows])
    return Hits(rows[(claim.type[rows] == 0) & ~known])


RULE = Rule(
    code="CLM223",
    name="professional-frequency-unknown",
    severity="error",
    confidence="high",
    persona="biller",
    kind="format",
    over="claim",
    reads=("cms/claim:professional_frequencies",),
    message="A professional claim has frequency 1, 7 or 8, and this one has another",
    remedy=choice("Set the frequency: 1 for a first claim, 7 for a replacement, 8 for a void."),
    sources=("x12-837-frequency",),
    find=find,
)
