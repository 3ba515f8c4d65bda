"""A therapy line spans several days."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Therapy lines whose last day is not their first."""
    line = facts.claim_line
    rows = rows[line.therapy[rows] & (line.day_to[rows] > line.day[rows])]
    length = 1 + line.day_to[rows] - line.day[rows]
    return Hits(rows, {"code": codes(line.code[rows]), "days": length, "units": line.units[rows]})


RULE = Rule(
    code="CLM213",
    name="therapy-line-spans-days",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim_line",
    needs=("day",),
    message="{code}: one line for {days} days and {units} units; units are counted day by day",
    remedy=choice("Bill a line for each day of service."),
    sources=("cms-cpm-5-40.5",),
    find=find,
)
