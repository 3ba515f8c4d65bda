"""The treating therapist could not yet stand as rendering provider on that day."""

from __future__ import annotations

from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, choice, days, exactly, words
from quarterhour.rules.facts import Facts, IntArray

QUALIFIED = STANDINGS.index("qualified")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits on a professional claim before the profession could enrol."""
    visit = facts.visit
    who = visit.therapist_credential[rows]
    first = facts.provider("renders_from")[who]
    early = first > visit.day[rows]
    return Hits(rows[early], {"first": days(first[early]), "who": words(who[early], facts.provider_labels)})


RULE = Rule(
    code="ELG108",
    name="provider-cannot-render-yet",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="eligibility",
    over="visit",
    only_where=(exactly("claim_type", 0), exactly("therapist_standing", QUALIFIED)),
    applies="provider_eligibility",
    needs=("therapist_credential", "claim_type"),
    message="This profession could not bill in its own name before {first}: {who}",
    remedy=choice("Bill through the provider the therapist worked for."),
    sources=("cms-bpm-15-230.4",),
    find=find,
)
