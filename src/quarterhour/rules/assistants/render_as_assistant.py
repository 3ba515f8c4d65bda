"""The therapist of the visit is an assistant."""

from __future__ import annotations

from quarterhour.policy.edits import CLAIM_TYPES
from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, choice, exactly, words
from quarterhour.rules.facts import Facts, IntArray

_ASSISTANT = STANDINGS.index("assistant")
_QUALIFIED = STANDINGS.index("qualified")
_PROFESSIONAL = CLAIM_TYPES.index("professional")
_TITLE = ("an assistant", "a physical therapist assistant", "an occupational therapy assistant", "an assistant")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits whose treating therapist has the credential of an assistant."""
    visit, standing = facts.visit, facts.provider("standing")
    # An institution names no rendering provider on the line; a record that names the supervising therapist is complete.
    supervisor = visit.supervisor_credential[rows]
    supervised = (supervisor >= 0) & (standing[supervisor] == _QUALIFIED) & (visit.claim_type[rows] != _PROFESSIONAL)
    rows = rows[~supervised]
    of = facts.provider("assistant_of")[visit.therapist_credential[rows]]
    return Hits(rows, {"title": words(of, _TITLE)})


RULE = Rule(
    code="AST106",
    name="assistant-as-rendering-provider",
    severity="error",
    confidence="high",
    persona="biller",
    kind="eligibility",
    over="visit",
    only_where=(exactly("therapist_standing", _ASSISTANT),),
    applies="provider_eligibility",
    needs=("therapist_credential",),
    message="The therapist of this visit is {title}, who cannot enrol or be the rendering provider",
    remedy=choice(
        "If that is what happened, name the supervising therapist as therapist and the assistant as assistant."
    ),
    sources=("cms-bpm-15-230", "cms-bpm-15-230.4"),
    find=find,
)
