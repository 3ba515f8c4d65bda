"""The treating person's title names no licence."""

from __future__ import annotations

from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, chart, exactly, words
from quarterhour.rules.facts import Facts, IntArray

UNCLEAR = STANDINGS.index("unclear")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits whose treating person is named by a title that no licensing board gives."""
    who = facts.visit.therapist_credential[rows]
    return Hits(rows, {"who": words(who, facts.provider_labels)})


RULE = Rule(
    code="ELG103",
    name="title-names-no-licence",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="eligibility",
    over="visit",
    only_where=(exactly("therapist_standing", UNCLEAR),),
    applies="provider_eligibility",
    needs=("therapist_credential",),
    message="The title names no licence, and the licence decides who may furnish therapy: {who}",
    remedy=chart("Which licence does the treating person hold?"),
    sources=("cms-bpm-15-230", "cms-bpm-15-230.5"),
    find=find,
)
