"""A billed line has a charge of nothing."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, fails, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Lines with units and a charge of 0.00; a charge that is not given is not this."""
    line = facts.line
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="CLM111",
    name="billed-line-without-charge",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="line",
    only_where=(fails("charge"), holds("billed")),
    message="{code} is billed at 0.00",
    remedy=choice("Enter the charge of {code}, or set its units to 0 if it was given and is not billed."),
    sources=("cms-cpm-26",),
    find=find,
)
