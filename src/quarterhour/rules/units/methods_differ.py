"""The payer's way of counting and Medicare's give different units for the same minutes."""

from __future__ import annotations

from quarterhour.policy.payers import UNIT_METHODS
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Days of payers that count code by code where total time gives another number."""
    day = facts.day
    rows = rows[day.method[rows] != UNIT_METHODS.index("cms")]
    if not rows.size:
        return Hits(rows)
    rows = rows[day.units_total_time[rows] != day.units_midpoint[rows]]
    return Hits(
        rows,
        {
            "minutes": day.minutes[rows],
            "total_time": day.units_total_time[rows],
            "midpoint": day.units_midpoint[rows],
            "allowed": day.units_allowed[rows],
        },
    )


RULE = Rule(
    code="UNT108",
    name="units-methods-differ",
    severity="info",
    confidence="high",
    persona="biller",
    kind="other",
    over="day",
    rests_on=("unit_method", "cap_units_at_total"),
    reads=("cms/timed_units:minutes_per_unit", "cms/midpoint:first_unit_minimum"),
    needs=("units_allowed",),
    message="timed units of {minutes} timed minutes: {midpoint} counted code by code, {total_time} by total time",
    remedy=choice("The payer profile allows {allowed}; see that the contract says so."),
    sources=("cms-cpm-5-20.2", "cpt-time-rule"),
    find=find,
)
