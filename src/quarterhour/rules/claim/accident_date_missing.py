"""A claim says accident and does not say when."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import ABSENT, IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims with a related cause and no date of the accident."""
    claim = facts.claim
    rows = rows[(claim.related_causes[rows] > 0) & (claim.accident[rows] == ABSENT)]
    return Hits(rows)


RULE = Rule(
    code="CLM225",
    name="accident-without-date",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The claim is related to an accident or employment, and has no date of it",
    remedy=choice("Enter the date of the accident."),
    sources=("x12-837-accident",),
    find=find,
)
