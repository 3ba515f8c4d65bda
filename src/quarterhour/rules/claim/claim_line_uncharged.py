"""A line of a claim has no charge."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines without a charge; one of 0.00 is another matter."""
    line = facts.claim_line
    rows = rows[~line.charge_given[rows]]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="CLM202",
    name="claim-line-has-no-charge",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="{code} has no charge on the claim",
    remedy=choice("Enter the charge of {code} from the fee table."),
    sources=("x12-837-required", "cms-cpm-26"),
    find=find,
)
