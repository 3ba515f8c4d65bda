"""A date of the claim as a whole has not come yet."""

from __future__ import annotations

from quarterhour.rules.claim._dates import first_that_breaks
from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, days, words
from quarterhour.rules.facts import IntArray

_DATES = ("onset", "initial_treatment", "last_seen", "accident", "statement_to")
_WORDS = ("onset", "first treatment", "last visit to the physician", "accident", "end of the statement")


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims with an onset, first treatment, accident or end of statement after the day of judgement."""
    rows, which, day = first_that_breaks(facts, rows, _DATES, lambda dates: dates > facts.today)
    return Hits(rows, {"what": words(which, _WORDS), "on": days(day)})


RULE = Rule(
    code="CLM211",
    name="claim-dates-in-the-future",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The {what} is {on}, which has not come yet",
    remedy=choice("Correct the date."),
    sources=("x12-837-required",),
    find=find,
)
