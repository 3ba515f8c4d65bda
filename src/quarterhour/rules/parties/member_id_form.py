"""The member id of a Medicare claim has not Medicare's form."""

from __future__ import annotations

from quarterhour.rules.claim_facts import MALFORMED, FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Medicare claims whose member id is not a beneficiary identifier."""
    return Hits(rows[facts.claim.member_form[rows] == MALFORMED])


RULE = Rule(
    code="PTY116",
    name="member-id-is-not-medicares",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    applies="medicare_member_id",
    reads=("cms/claim:member_id_form",),
    needs=("member_form",),
    message="The member id has not the form of a Medicare beneficiary identifier",
    remedy=choice("Enter the identifier from the red, white and blue Medicare card, without dashes."),
    sources=("cms-mbi-format",),
    find=find,
)
