"""A first claim names a claim it would replace."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims of another frequency with the payer's number of an earlier claim."""
    claim = facts.claim
    later = facts.listed("cms/claim:later_frequencies", claim.subject[rows], claim.frequency[rows])
    rows = rows[~later & claim.original_reference[rows]]
    return Hits(rows, {"frequency": claim.frequency[rows]})


RULE = Rule(
    code="CLM221",
    name="first-claim-names-an-original",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim",
    reads=("cms/claim:later_frequencies",),
    message="The claim names an earlier claim, but its frequency {frequency} does not replace or void one",
    remedy=choice("Set the frequency to 7 or 8 if it is a correction, or take the reference off."),
    sources=("x12-837-frequency",),
    find=find,
)
