"""Two codes were billed together about which the built-in pair tables say nothing."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Every line whose code the tables do not list, with another line of that day."""
    pair = facts.code_pair
    return Hits(rows, {"code": codes(facts.line.code[pair.line[rows]]), "other": codes(pair.other_code[rows])})


RULE = Rule(
    code="PTP107",
    name="pair-tables-silent",
    severity="info",
    confidence="high",
    persona="biller",
    kind="ptp",
    over="code_pair",
    applies="ncci_edits",
    message="The built-in pair tables do not list {code}, so nothing is known of {code} with {other}",
    remedy=choice("Import the official pair file of the quarter to have this pair judged, or look it up there."),
    sources=("cms-ncci-manual-2026-ch1-e",),
    tables=("ptp",),
    find=find,
)
