"""A line under a therapy revenue code has no discipline modifier."""

from __future__ import annotations

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes, words
from quarterhour.rules.facts import IntArray
from quarterhour.rules.institutional._revenue import revenue_discipline


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines under a therapy revenue code without GP, GO or GN."""
    line = facts.claim_line
    rows = rows[line.disciplines[rows] == 0]
    of = revenue_discipline(facts, rows)
    rows, of = rows[of > 0], of[of > 0]
    return Hits(rows, {"code": codes(line.code[rows]), "revenue": words(of - 1, DISCIPLINES)})


RULE = Rule(
    code="INS105",
    name="therapy-revenue-without-modifier",
    severity="error",
    confidence="high",
    persona="biller",
    kind="modifier_missing",
    over="claim_line",
    applies="discipline_modifiers",
    reads=("cms/claim:revenue_codes_pt", "cms/claim:revenue_codes_ot", "cms/claim:revenue_codes_slp"),
    message="{code} stands under a revenue code of {revenue} without its discipline modifier",
    remedy=choice("Add the modifier of the plan of care {code} was furnished under."),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
