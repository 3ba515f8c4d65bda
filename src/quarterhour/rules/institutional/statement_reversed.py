"""A statement ends before it begins."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, days
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Institutional claims whose statement's last day lies before its first."""
    claim = facts.claim
    rows = rows[claim.statement_to[rows] < claim.statement_from[rows]]
    return Hits(rows, {"begin": days(claim.statement_from[rows]), "end": days(claim.statement_to[rows])})


RULE = Rule(
    code="INS109",
    name="statement-ends-before-it-begins",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    needs=("statement_from", "statement_to"),
    message="The statement begins {begin} and ends {end}",
    remedy=choice("Correct the statement's dates."),
    sources=("cms-cpm-25",),
    find=find,
)
