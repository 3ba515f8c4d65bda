"""A line's revenue code and modifier name different disciplines."""

from __future__ import annotations

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes, words
from quarterhour.rules.facts import IntArray
from quarterhour.rules.institutional._revenue import revenue_discipline


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines whose discipline modifier and revenue code are of two disciplines."""
    line = facts.claim_line
    rows = rows[line.discipline[rows] > 0]
    of = revenue_discipline(facts, rows)
    wrong = (of > 0) & (of != line.discipline[rows])
    rows, of = rows[wrong], of[wrong]
    shown = {"revenue": words(of - 1, DISCIPLINES), "line": words(line.discipline[rows] - 1, DISCIPLINES)}
    return Hits(rows, {"code": codes(line.code[rows]), **shown})


RULE = Rule(
    code="INS103",
    name="revenue-code-of-another-discipline",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    reads=("cms/claim:revenue_codes_pt", "cms/claim:revenue_codes_ot", "cms/claim:revenue_codes_slp"),
    message="{code}: the revenue code is of {revenue}, the modifier of {line}",
    remedy=choice("Correct whichever is wrong, by the plan of care the service was furnished under."),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
