"""A claim replaces or voids one it does not name."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims of a later frequency without the payer's number of the first, where the payer takes replacements.

    Of professional claims where it takes none, the frequency itself is another rule's.
    """
    claim = facts.claim
    later = facts.listed("cms/claim:later_frequencies", claim.subject[rows], claim.frequency[rows])
    taken = (claim.type[rows] != 0) | (facts.term("replacement_claims")[claim.subject[rows]] != 0)
    rows = rows[later & ~claim.original_reference[rows] & taken]
    return Hits(rows, {"frequency": claim.frequency[rows]})


RULE = Rule(
    code="CLM220",
    name="replacement-names-no-original",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    reads=("cms/claim:later_frequencies",),
    message="Frequency {frequency} replaces or voids a claim, and the claim does not say which",
    remedy=choice("Enter the payer's number of the first claim, as its remittance names it."),
    sources=("x12-837-frequency",),
    find=find,
)
