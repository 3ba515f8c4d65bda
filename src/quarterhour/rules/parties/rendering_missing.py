"""A professional claim does not say who furnished the services."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Professional claims with lines for which nobody is named and no therapist bills."""
    claim = facts.claim
    return Hits(rows[~claim.rendered[rows] & (claim.type[rows] == 0)])


RULE = Rule(
    code="PTY105",
    name="nobody-rendered-the-services",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim",
    message="The claim does not say who furnished the services",
    remedy=choice("Enter the therapist who furnished or supervised the services as rendering provider."),
    sources=("x12-837-required", "cms-bpm-15-230.4"),
    find=find,
)
