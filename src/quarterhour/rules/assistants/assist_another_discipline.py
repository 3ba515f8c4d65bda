"""The assistant of the visit belongs to another discipline than the visit."""

from __future__ import annotations

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.rules.contract import Hits, Rule, choice, given, holds, words
from quarterhour.rules.facts import Facts, IntArray

_NAMES = ("", *DISCIPLINES)


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits whose assistant assists another discipline than theirs."""
    visit = facts.visit
    credential, own = visit.assistant_credential[rows], visit.discipline[rows]
    of = facts.provider("assistant_of")[credential]
    other = (of > 0) & (of != own)
    rows = rows[other]
    return Hits(rows, {"assistant": words(of[other], _NAMES), "discipline": words(own[other], _NAMES)})


RULE = Rule(
    code="AST108",
    name="assistant-of-another-discipline",
    severity="error",
    confidence="high",
    persona="biller",
    kind="eligibility",
    over="visit",
    only_where=(holds("assistant_given"), given("assistant_credential"), holds("discipline")),
    applies="provider_eligibility",
    message="The assistant of this {discipline} visit is an assistant of {assistant}",
    remedy=choice("Correct who assisted, or the visit's discipline; work outside the assistant's own is not billed."),
    sources=("cms-bpm-15-230",),
    find=find,
)
