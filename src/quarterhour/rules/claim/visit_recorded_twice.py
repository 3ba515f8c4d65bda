"""A visit's lines all stand in another visit record of that day."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, given
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits with the very lines of an earlier record of the patient, day, discipline and payer."""
    visit = facts.visit
    return Hits(rows, {"lines": visit.lines[rows]})


RULE = Rule(
    code="CLM117",
    name="visit-recorded-twice",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="visit",
    only_where=(given("history.same_as"),),
    message="An earlier record of this patient and day has the same {lines} lines, with the same minutes and modifiers",
    remedy=choice("If it is one visit, bill it once. If there were two, record when each began and ended."),
    sources=("cms-cpm-1-120",),
    find=find,
)
