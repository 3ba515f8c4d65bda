"""A claim says automobile accident and does not say where."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims with an automobile accident and no state."""
    claim = facts.claim
    rows = rows[claim.auto_accident[rows] & ~claim.accident_state_given[rows]]
    return Hits(rows)


RULE = Rule(
    code="CLM226",
    name="auto-accident-without-state",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The claim is related to an automobile accident, and has no state of it",
    remedy=choice("Enter the state in which the accident happened."),
    sources=("x12-837-accident",),
    find=find,
)
