"""The time to file the claim has passed."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, days
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """First claims whose last day for filing lies before the day of judgement."""
    claim = facts.claim
    later = facts.listed("cms/claim:later_frequencies", claim.subject[rows], claim.frequency[rows])
    rows = rows[(claim.file_by[rows] >= 0) & (claim.file_by[rows] < facts.today) & ~later]
    return Hits(rows, {"last": days(claim.file_by[rows]), "days": facts.today - claim.file_by[rows]})


RULE = Rule(
    code="CLM218",
    name="filed-after-the-deadline",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim",
    applies="timely_filing",
    reads=("cms/claim:later_frequencies",),
    needs=("first_day",),
    message="The last day to file this claim was {last}; days since then: {days}",
    remedy=choice("Look for proof that it was filed in time, or for one of the payer's exceptions; else write it off."),
    sources=("cfr-42-424.44", "cms-cpm-1-70"),
    find=find,
)
