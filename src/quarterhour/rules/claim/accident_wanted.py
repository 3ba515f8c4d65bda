"""A payer of accidents gets a claim without the accident's date."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import ABSENT, IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Professional claims to such a payer that name neither a cause nor a date.

    An institutional claim has no place for either: it tells an accident by an occurrence code.
    """
    claim = facts.claim
    rows = rows[(claim.type[rows] == 0) & (claim.accident[rows] == ABSENT) & (claim.related_causes[rows] == 0)]
    return Hits(rows)


RULE = Rule(
    code="CLM227",
    name="payer-of-accidents-without-accident-date",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim",
    applies="accident_date",
    message="This payer pays for an accident, and the claim has no date of one",
    remedy=choice("Enter the cause (employment, automobile) and the date of the injury."),
    sources=("x12-837-accident",),
    find=find,
)
