"""A line is billed on another claim as well."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes, days, words
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines an earlier claim of the batch bills with the same modifiers."""
    repeat = facts.repeat
    line = repeat.line
    meant = facts.modifiers("repeat")
    rows = rows[
        repeat.same_modifiers[rows] & repeat.same_type[rows] & (facts.claim_line.modifiers[line[rows]] & meant == 0)
    ]
    code, day = facts.claim_line.code[line[rows]], facts.claim_line.day[line[rows]]
    other = words(repeat.other_claim[rows], facts.control_numbers)
    return Hits(rows, {"code": codes(code), "day": days(day), "number": repeat.other_line[rows], "other": other})


RULE = Rule(
    code="CLM208",
    name="line-billed-on-another-claim",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="repeat",
    message="{code} of {day} is billed on another claim of this patient too, on its line {number}",
    remedy=choice("Send one of the two; to correct a claim that was sent, replace it instead of sending it again."),
    sources=("cms-cpm-1-120", "ngs-duplicate-denials"),
    find=find,
)
