"""An occurrence code has no date."""

from __future__ import annotations

from quarterhour.rules.claim_facts import OCCURRENCE, FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import ABSENT, IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Occurrence codes without a date that can be read."""
    code = facts.claim_code
    rows = rows[(code.qualifier[rows] == OCCURRENCE) & (code.day[rows] == ABSENT)]
    return Hits(rows)


RULE = Rule(
    code="INS114",
    name="occurrence-without-date",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_code",
    message="An occurrence code of the claim has no date that can be read",
    remedy=choice("Enter the date that belongs to the occurrence."),
    sources=("cms-cpm-25",),
    find=find,
)
