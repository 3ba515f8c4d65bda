"""A line points to more diagnoses than it can."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines over the number of pointers."""
    line = facts.claim_line
    most = facts.parameter("cms/claim:most_pointers")[line.subject[rows]]
    over = line.pointers[rows] > most
    rows, most = rows[over], most[over]
    return Hits(rows, {"code": codes(line.code[rows]), "pointers": line.pointers[rows], "most": most})


RULE = Rule(
    code="DGN105",
    name="more-pointers-than-a-line-holds",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    reads=("cms/claim:most_pointers",),
    message="{code} points to {pointers} diagnoses; a line holds {most}",
    remedy=choice("Keep the {most} diagnoses that {code} was mostly furnished for."),
    sources=("cms-cpm-26",),
    find=find,
)
