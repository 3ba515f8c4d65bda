"""A day's units average fewer minutes than a unit is expected to have."""

from __future__ import annotations

from quarterhour.policy.payers import UNIT_METHODS
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Days within what total time allows whose units average less than the minutes expected over time."""
    day = facts.day
    expected = facts.parameter("cms/timed_units:review_average_minutes")
    billed = day.units_billed[rows]
    rows = rows[
        (day.minutes[rows] < billed * expected[day.visit[rows]])
        & (billed <= day.units_allowed[rows])
        & (day.method[rows] == UNIT_METHODS.index("cms"))
    ]
    return Hits(
        rows,
        {"billed": day.units_billed[rows], "minutes": day.minutes[rows], "expected": expected[day.visit[rows]]},
    )


RULE = Rule(
    code="UNT107",
    name="units-average-short",
    severity="info",
    confidence="low",
    persona="auditor",
    kind="other",
    over="day",
    reads=("cms/timed_units:review_average_minutes",),
    needs=("units_allowed", "units_billed"),
    message="timed units: {billed} billed on {minutes} timed minutes, fewer than {expected} minutes each",
    remedy=choice("Nothing for one day; compare many visits of the same therapist before drawing a conclusion."),
    sources=("cms-cpm-5-20.2",),
    find=find,
)
