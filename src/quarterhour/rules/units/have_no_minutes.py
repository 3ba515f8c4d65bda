"""A timed code is billed though the record gives it no minute."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Timed codes with 0 minutes and units; minutes that are absent are another matter (not checked, UNT101).

    The code of further time is left out: its minutes may stand with those of the code it continues.
    """
    share = facts.code_day
    rows = rows[(share.minutes[rows] == 0) & (share.units_billed[rows] > 0) & share.timed[rows]]
    if not rows.size:
        return Hits(rows)
    rows = rows[~facts.of_kind(facts.line.kind[share.line[rows]], "add-on-timed")]
    return Hits(rows, {"code": codes(share.code[rows]), "billed": share.units_billed[rows]})


RULE = Rule(
    code="UNT106",
    name="billed-timed-code-has-no-minutes",
    severity="error",
    confidence="high",
    persona="biller",
    kind="units_over",
    over="code_day",
    message="units of {code}: {billed} billed, with 0 minutes recorded",
    remedy=chart("Was {code} given that day, and for how many minutes?"),
    sources=("cms-cpm-5-20.2",),
    find=find,
)
