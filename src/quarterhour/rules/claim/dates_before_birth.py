"""A date of the claim lies before the patient's birth."""

from __future__ import annotations

from quarterhour.rules.claim._dates import first_that_breaks
from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, days, words
from quarterhour.rules.facts import IntArray

_DATES = ("onset", "initial_treatment", "accident")
_WORDS = ("onset", "first treatment", "accident")


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims with an onset, first treatment or accident before the birth date."""
    born = facts.claim.birth_day[rows]
    rows, which, day = first_that_breaks(facts, rows, _DATES, lambda dates: (dates >= 0) & (dates < born))
    return Hits(rows, {"what": words(which, _WORDS), "on": days(day)})


RULE = Rule(
    code="CLM217",
    name="claim-dates-before-birth",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    needs=("birth_day",),
    message="The {what} on {on} lies before the patient was born",
    remedy=choice("Correct whichever date is wrong."),
    sources=("x12-837-required",),
    find=find,
)
