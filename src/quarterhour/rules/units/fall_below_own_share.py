"""One code has fewer units than every allowed allocation of the day's units gives it."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Timed codes below their share on days that are not below what is allowed in all (UNT102 speaks of those)."""
    share, day = facts.code_day, facts.day
    rows = rows[(share.units_billed[rows] < share.units_low[rows]) & (share.units_billed[rows] >= 0)]
    if not rows.size:
        return Hits(rows)
    of = share.day[rows]
    rows = rows[day.units_billed[of] >= day.units_allowed[of]]
    return Hits(
        rows,
        {
            "code": codes(share.code[rows]),
            "billed": share.units_billed[rows],
            "minutes": share.minutes[rows],
            "total": day.minutes[share.day[rows]],
            "fewest": share.units_low[rows],
        },
    )


RULE = Rule(
    code="UNT104",
    name="code-units-below-its-share",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="units_under",
    over="code_day",
    rests_on=("unit_method", "cap_units_at_total"),
    reads=("cms/timed_units:minutes_per_unit", "cms/timed_units:first_unit_minimum"),
    needs=("visit.timed_minutes",),
    message="units of {code}: {billed} billed, {fewest} earned by its {minutes} of {total} timed minutes",
    remedy=choice("{code} may have {fewest} units if another code gives up a unit; `units` shows the shares."),
    sources=("cms-cpm-5-20.2",),
    find=find,
)
