"""A line is billed on another claim with other modifiers."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes, days, words
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines an earlier claim of the batch bills with other modifiers."""
    repeat = facts.repeat
    rows = rows[~repeat.same_modifiers[rows] & repeat.same_type[rows]]
    code, day = facts.claim_line.code[repeat.line[rows]], facts.claim_line.day[repeat.line[rows]]
    other = words(repeat.other_claim[rows], facts.control_numbers)
    return Hits(rows, {"code": codes(code), "day": days(day), "number": repeat.other_line[rows], "other": other})


RULE = Rule(
    code="CLM209",
    name="line-billed-on-another-claim-with-other-modifiers",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="repeat",
    message="{code} of {day} stands on another claim of this patient with other modifiers, on its line {number}",
    remedy=choice("Bill the day on one claim, so that the payer sees both lines and what tells them apart."),
    sources=("cms-cpm-1-120",),
    find=find,
)
