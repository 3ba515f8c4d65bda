"""Fewer timed units are billed than the day's timed minutes support."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Days whose timed units are below what the payer's method allows; a service with 0 units was given and counts."""
    day = facts.day
    under = rows[day.units_billed[rows] < day.units_allowed[rows]]
    return Hits(
        under, {"billed": day.units_billed[under], "allowed": day.units_allowed[under], "minutes": day.minutes[under]}
    )


RULE = Rule(
    code="UNT102",
    name="units-below-timed-minutes",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="units_under",
    over="day",
    rests_on=("unit_method", "cap_units_at_total"),
    reads=("cms/timed_units:minutes_per_unit", "cms/timed_units:first_unit_minimum"),
    needs=("units_allowed", "units_billed"),
    message="timed units: {billed} billed, {allowed} supported by {minutes} timed minutes",
    remedy=choice(
        "Up to {allowed} timed units may be billed that day; `units` shows which codes may have them. "
        "A service left unbilled on purpose stays as it is."
    ),
    sources=("cms-cpm-5-20.2",),
    find=find,
)
