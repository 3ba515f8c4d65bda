"""A line is of another discipline than the taxonomy of who furnished it."""

from __future__ import annotations

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes, words
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines with one discipline modifier, furnished by a therapist whose taxonomy is of another discipline."""
    line = facts.claim_line
    own, taxonomy = line.discipline[rows], line.renderer_discipline[rows]
    rows = rows[(own > 0) & (taxonomy > 0) & (own != taxonomy)]
    shown = {
        "line": words(line.discipline[rows] - 1, DISCIPLINES),
        "therapist": words(line.renderer_discipline[rows] - 1, DISCIPLINES),
    }
    return Hits(rows, {"code": codes(line.code[rows]), **shown})


RULE = Rule(
    code="PTY107",
    name="taxonomy-of-another-discipline",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="{code} is billed as {line}, and the taxonomy of who furnished it is of {therapist}",
    remedy=choice("Correct whichever is wrong: the therapist on the line, the modifier, or the taxonomy."),
    sources=("nucc-taxonomy-24.0", "cms-cpm-5-20.1"),
    find=find,
)
