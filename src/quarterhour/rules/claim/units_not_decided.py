"""A line has no units yet."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, exactly
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Lines of known codes whose units are not in the record."""
    line = facts.line
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="CLM114",
    name="units-not-decided",
    severity="info",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    only_where=(exactly("units", ABSENT),),
    message="{code} has no units in the record; it was taken as billed, and its units were not judged",
    remedy=choice("Work out the units from the minutes; 0 says that {code} was given and is not billed."),
    sources=("cms-cpm-5-20.2",),
    find=find,
)
