"""The date of service lies before the patient was born."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits before the birth date of the patient; neither date is repeated in the message."""
    visit = facts.visit
    return Hits(rows[visit.day[rows] < visit.birth_day[rows]])


RULE = Rule(
    code="CLM109",
    name="service-before-birth",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="visit",
    needs=("birth_day",),
    message="The date of service lies before the patient's birth date",
    remedy=choice("Correct whichever date is wrong; the birth date has to match the payer's."),
    sources=("cms-cpm-26",),
    find=find,
)
