"""One code stands on several lines of a day that nothing tells apart."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Codes of a day with billed lines of the same modifiers."""
    code_day = facts.code_day
    rows = rows[code_day.plain_lines[rows] > 0]
    return Hits(
        rows,
        {"code": codes(code_day.code[rows]), "lines": code_day.lines[rows], "units": code_day.units_billed[rows]},
    )


RULE = Rule(
    code="CLM110",
    name="same-code-on-several-lines",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="code_day",
    applies="one_line_per_code",
    message="{code} stands on {lines} lines of that day, with the same modifiers on two of them",
    remedy=choice("Put the units of {code} with the same modifiers on one line, once the minutes are added up."),
    sources=("fcso-single-line",),
    find=find,
)
