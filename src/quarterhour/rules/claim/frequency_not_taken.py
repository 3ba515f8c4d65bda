"""A professional claim replaces another where the payer takes no replacements."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Professional claims of a later frequency for a payer without replacements."""
    claim = facts.claim
    later = facts.listed("cms/claim:later_frequencies", claim.subject[rows], claim.frequency[rows])
    replaced = facts.term("replacement_claims")[claim.subject[rows]]
    rows = rows[later & (claim.type[rows] == 0) & (replaced == 0)]
    return Hits(rows, {"frequency": claim.frequency[rows]})


RULE = Rule(
    code="CLM222",
    name="claim-frequency-the-payer-does-not-take",
    severity="warning",
    confidence="low",
    persona="biller",
    kind="claim",
    over="claim",
    reads=("cms/claim:later_frequencies",),
    message="The claim has frequency {frequency}; this payer takes no replacement of a professional claim",
    remedy=choice("Have the processed claim reopened; send a rejected one again as a first claim."),
    sources=("cms-cpm-34",),
    find=find,
)
