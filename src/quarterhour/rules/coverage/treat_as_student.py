"""The treating person is one who, as far as is known, may not furnish therapy."""

from __future__ import annotations

from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, chart, exactly, holds, words
from quarterhour.rules.facts import Facts, IntArray

NOT_QUALIFIED = STANDINGS.index("not-qualified")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed visits whose treating person is not qualified by what is known from memory only."""
    who = facts.visit.therapist_credential[rows]
    doubtful = facts.provider("unverified")[who] > 0
    return Hits(rows[doubtful], {"who": words(who[doubtful], facts.provider_labels)})


RULE = Rule(
    code="ELG113",
    name="student-as-therapist",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="eligibility",
    over="visit",
    only_where=(exactly("therapist_standing", NOT_QUALIFIED), holds("billed_lines")),
    applies="provider_eligibility",
    needs=("therapist_credential",),
    message="The treating person is, as far as is known, one who may not furnish therapy: {who}",
    remedy=chart("Which therapist was in the room, directed the service and made the decisions?"),
    sources=("cms-bpm-15-230",),
    find=find,
)
