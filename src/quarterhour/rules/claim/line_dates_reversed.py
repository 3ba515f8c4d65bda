"""A line's last day lies before its first."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes, days
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines whose dates are the wrong way round."""
    line = facts.claim_line
    rows = rows[(line.day_to[rows] < line.day[rows]) & (line.day_to[rows] > 0)]
    return Hits(rows, {"code": codes(line.code[rows]), "begin": days(line.day[rows]), "end": days(line.day_to[rows])})


RULE = Rule(
    code="CLM212",
    name="claim-line-ends-before-it-begins",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="{code} begins {begin} and ends {end}",
    remedy=choice("Correct the dates of {code} from the record."),
    sources=("x12-837-required",),
    find=find,
)
