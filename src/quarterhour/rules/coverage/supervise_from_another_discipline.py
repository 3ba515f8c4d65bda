"""The assistant was supervised by somebody who is not a therapist of the discipline."""

from __future__ import annotations

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, chart, given, holds, words
from quarterhour.rules.facts import Facts, IntArray

UNCLEAR = STANDINGS.index("unclear")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits with an assistant whose recorded supervisor may not furnish the discipline."""
    visit = facts.visit
    who, discipline = visit.supervisor_credential[rows], visit.discipline[rows] - 1
    held = facts.provider("disciplines")[who] >> discipline & 1
    barred = (held == 0) & (facts.provider("standing")[who] != UNCLEAR)
    numbers = {
        "who": words(who[barred], facts.provider_labels),
        "discipline": words(discipline[barred], DISCIPLINES),
    }
    return Hits(rows[barred], numbers)


RULE = Rule(
    code="ELG110",
    name="supervisor-of-another-discipline",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="eligibility",
    over="visit",
    only_where=(holds("assistant_given"), holds("discipline"), given("supervisor_credential")),
    applies="provider_eligibility",
    message="The assistant of a {discipline} visit was supervised by one who is no therapist of it: {who}",
    remedy=chart("Which therapist of the discipline supervised the assistant that day?"),
    sources=("cms-bpm-15-230", "cms-bpm-15-230.4"),
    find=find,
)
