"""One code has more units than any allowed allocation of the day's units gives it."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Timed codes above their share on days that are not above what is allowed in all.

    A day that is above speaks for itself (UNT101), and so does a code without any minute (UNT106).
    """
    share, day = facts.code_day, facts.day
    rows = rows[(share.units_billed[rows] > share.units_high[rows]) & (share.units_high[rows] != ABSENT)]
    if not rows.size:
        return Hits(rows)
    of = share.day[rows]
    rows = rows[(share.minutes[rows] > 0) & (day.units_billed[of] <= day.units_allowed[of])]
    return Hits(
        rows,
        {
            "code": codes(share.code[rows]),
            "billed": share.units_billed[rows],
            "minutes": share.minutes[rows],
            "total": day.minutes[share.day[rows]],
            "most": share.units_high[rows],
        },
    )


RULE = Rule(
    code="UNT103",
    name="code-units-above-its-share",
    severity="error",
    confidence="high",
    persona="biller",
    kind="units_over",
    over="code_day",
    rests_on=("unit_method", "cap_units_at_total"),
    reads=("cms/timed_units:minutes_per_unit", "cms/timed_units:first_unit_minimum"),
    needs=("visit.timed_minutes",),
    message="units of {code}: {billed} billed, at most {most} supported by its {minutes} of {total} timed minutes",
    remedy=choice("Bill no more than {most} units of {code}; `units` shows which other code has the unit."),
    sources=("cms-cpm-5-20.2",),
    find=find,
)
