"""A code is billed that the tables do not know, so nothing about it was judged."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, fails, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines of codes without a card."""
    line = facts.line
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="CLM101",
    name="code-not-in-tables",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    only_where=(fails("known"), holds("billed")),
    message="{code} is not a code the tables know: its units, modifiers and discipline were not judged",
    remedy=choice("Check {code} for a slip of the pen. If it is meant, judge this line by hand."),
    sources=("cms-cpm-5-20",),
    find=find,
)
