"""More timed units are billed than the day's timed minutes support."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Days whose timed units are above what the payer's method allows for all timed minutes together."""
    day = facts.day
    over = rows[day.units_billed[rows] > day.units_allowed[rows]]
    return Hits(
        over, {"billed": day.units_billed[over], "minutes": day.minutes[over], "allowed": day.units_allowed[over]}
    )


RULE = Rule(
    code="UNT101",
    name="units-exceed-timed-minutes",
    severity="error",
    confidence="high",
    persona="biller",
    kind="units_over",
    over="day",
    applies=None,
    rests_on=("unit_method", "cap_units_at_total"),
    reads=("cms/timed_units:minutes_per_unit", "cms/timed_units:first_unit_minimum"),
    needs=("units_allowed", "units_billed"),
    message="{billed} timed units billed, but {minutes} timed minutes support {allowed}",
    remedy=choice("Bill {allowed} timed units that day; `units` shows which codes may have them."),
    sources=("cms-cpm-5-20.2",),
    find=find,
)
