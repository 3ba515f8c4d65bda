"""The treating person may furnish therapy only under conditions."""

from __future__ import annotations

from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, chart, exactly, words
from quarterhour.rules.facts import Facts, IntArray

CONTESTABLE = STANDINGS.index("contestable")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits whose treating person is covered in part."""
    who = facts.visit.therapist_credential[rows]
    return Hits(rows, {"who": words(who, facts.provider_labels)})


RULE = Rule(
    code="ELG102",
    name="provider-of-limited-scope",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="eligibility",
    over="visit",
    only_where=(exactly("therapist_standing", CONTESTABLE),),
    applies="provider_eligibility",
    needs=("therapist_credential",),
    message="Therapy by this profession is covered within narrow limits: {who}",
    remedy=chart("Does the condition treated lie within the scope of this profession and of the state's law?"),
    sources=("cms-bpm-15-230.5", "cms-bpm-15-220.1.3"),
    find=find,
)
