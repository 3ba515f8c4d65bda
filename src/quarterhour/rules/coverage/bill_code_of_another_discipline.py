"""A billed code belongs to another discipline than the visit's."""

from __future__ import annotations

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.rules.contract import Hits, Rule, choice, codes, holds, words
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines whose code one discipline alone may report, which is not the visit's."""
    line = facts.line
    own = facts.visit.discipline[line.visit[rows]]
    other = line.bound_discipline[rows] != own
    rows = rows[other]
    numbers = {
        "code": codes(line.code[rows]),
        "bound": words(line.bound_discipline[rows] - 1, DISCIPLINES),
        "own": words(own[other] - 1, DISCIPLINES),
    }
    return Hits(rows, numbers)


RULE = Rule(
    code="ELG106",
    name="code-bound-to-another-discipline",
    severity="error",
    confidence="high",
    persona="biller",
    kind="eligibility",
    over="line",
    only_where=(holds("bound_discipline"), holds("billed"), holds("visit.discipline")),
    message="{code} is a code of {bound} alone, and the visit is one of {own}",
    remedy=choice("Bill the code that describes the same work in the discipline of the plan of care."),
    sources=("cms-cr-10176", "cms-cpm-5-20.1"),
    find=find,
)
