"""The treating therapist is not one of the visit's discipline."""

from __future__ import annotations

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, choice, exactly, holds, words
from quarterhour.rules.facts import Facts, IntArray

QUALIFIED = STANDINGS.index("qualified")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits of a discipline the treating therapist may not furnish."""
    visit = facts.visit
    who, discipline = visit.therapist_credential[rows], visit.discipline[rows] - 1
    held = facts.provider("disciplines")[who] >> discipline & 1
    other = held == 0
    numbers = {
        "who": words(who[other], facts.provider_labels),
        "discipline": words(discipline[other], DISCIPLINES),
    }
    return Hits(rows[other], numbers)


RULE = Rule(
    code="ELG105",
    name="therapist-of-another-discipline",
    severity="error",
    confidence="high",
    persona="biller",
    kind="eligibility",
    over="visit",
    only_where=(holds("discipline"), exactly("therapist_standing", QUALIFIED)),
    applies="provider_eligibility",
    needs=("therapist_credential",),
    message="The visit is one of {discipline}, but the treating therapist is of another discipline: {who}",
    remedy=choice("Record the discipline of the plan of care worked under, or the therapist who treated."),
    sources=("cms-bpm-15-230", "cms-bpm-15-230.5"),
    find=find,
)
