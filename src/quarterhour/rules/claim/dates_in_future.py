"""A date of the claim as a whole has not come yet."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, days, words
from quarterhour.rules.facts import IntArray

_DATES = ("onset", "initial_treatment", "last_seen", "accident", "statement_to")
_WORDS = ("onset", "first treatment", "last visit to the physician", "accident", "end of the statement")


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims with an onset, first treatment, accident or end of statement after the day of judgement."""
    claim = facts.claim
    dates = np.stack([getattr(claim, name)[rows] for name in _DATES])
    late = dates > facts.today
    rows, which, dates = rows[late.any(axis=0)], late.argmax(axis=0)[late.any(axis=0)], dates[:, late.any(axis=0)]
    return Hits(rows, {"what": words(which, _WORDS), "on": days(dates[which, np.arange(rows.size)])})


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
