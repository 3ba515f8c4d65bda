"""A timed code outside the day's total of 15-minute services has more units than its minutes reach."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, choice, codes, given, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Lines of timed codes that are not pooled, above one unit for every length whose midpoint their minutes pass.

    Tests are left out, as their time includes writing the report, which no visit record holds.
    """
    line = facts.line
    pooled_length = facts.parameter("cms/timed_units:minutes_per_unit")[line.visit[rows]]
    rows = rows[~line.in_total[rows] | (line.unit_minutes[rows] != pooled_length)]
    if not rows.size:
        return Hits(rows)
    rows = rows[facts.of_kind(line.kind[rows], "timed", "add-on-timed")]
    length = line.unit_minutes[rows]
    whole, rest = np.divmod(line.minutes[rows], length)
    reached = whole + (rest > length - rest)
    above = line.units[rows] > reached
    rows = rows[above]
    return Hits(
        rows,
        {
            "code": codes(line.code[rows]),
            "billed": line.units[rows],
            "minutes": line.minutes[rows],
            "length": length[above],
            "reached": reached[above],
        },
    )


RULE = Rule(
    code="UNT109",
    name="other-length-units-exceed-minutes",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="units_over",
    over="line",
    only_where=(holds("timed"), holds("units"), given("minutes")),
    reads=("cms/timed_units:minutes_per_unit",),
    message="units of {code}: {billed} billed, {reached} reached by {minutes} minutes at {length} minutes a unit",
    remedy=choice("Bill {reached} units of {code}, or correct its minutes if the record has them wrong."),
    sources=("cpt-time-rule",),
    find=find,
)
