"""The onset lies after the first service."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, days
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims whose onset is later than their first day."""
    claim = facts.claim
    rows = rows[claim.onset[rows] > claim.first_day[rows]]
    return Hits(rows, {"onset": days(claim.onset[rows]), "first": days(claim.first_day[rows])})


RULE = Rule(
    code="CLM224",
    name="onset-after-service",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim",
    needs=("first_day",),
    message="The onset is {onset}, after the first service on {first}",
    remedy=choice("Correct the onset, or leave it off where the payer does not ask for it."),
    sources=("cms-cpm-26",),
    find=find,
)
