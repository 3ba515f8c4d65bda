"""A code is billed of which no unit is ever paid on this kind of claim."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Codes with a limit of 0."""
    unlikely = facts.unlikely
    over = rows[unlikely.limit[rows] == 0]
    return Hits(over, {"code": codes(unlikely.code[over]), "units": unlikely.units[over]})


RULE = Rule(
    code="MUE104",
    name="code-with-no-payable-units",
    severity="error",
    confidence="high",
    persona="biller",
    kind="mue",
    over="unlikely",
    applies="unlikely_edits",
    message="No unit of {code} is paid on this kind of claim, and {units} stand on it",
    remedy=choice("Take {code} off the claim, and keep the service in the note."),
    sources=("cms-ncci-manual-2026-ch1-v",),
    tables=("mue",),
    find=find,
)
