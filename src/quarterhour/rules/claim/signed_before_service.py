"""The note was signed before the visit it tells of."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits whose note has a signature dated before the date of service."""
    visit = facts.visit
    rows = rows[visit.signed_day[rows] < visit.day[rows]]
    return Hits(rows, {"signed": days(visit.signed_day[rows]), "on": days(visit.day[rows])})


RULE = Rule(
    code="CLM112",
    name="signed-before-service",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="documentation",
    over="visit",
    needs=("signed_day",),
    element="signature",
    message="The note is signed on {signed}, before the visit of {on}",
    remedy=chart("Which of the two dates is right, and when was the note signed?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
