"""An add-on code is billed and none of the codes it belongs to."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Add-on lines without a primary code billed beside them."""
    line = facts.line
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="PTP201",
    name="add-on-without-base",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    only_where=(holds("beside.base_missing"),),
    applies="ncci_edits",
    message="{code} is an add-on code, and none of the codes it adds to is billed that day",
    remedy=choice("Bill the base code of {code} if it was furnished, or leave {code} out."),
    sources=("cms-ncci-manual-2026-ch1-e",),
    tables=("add-on",),
    find=find,
)
