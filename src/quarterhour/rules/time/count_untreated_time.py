"""The note says that its minutes take in time in which the patient was not treated."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, given
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes with minutes that include rest, a break, waiting or documentation."""
    note = facts.note
    return Hits(rows, {}, ((note.untreated_start[rows], note.untreated_end[rows]),))


RULE = Rule(
    code="TIM209",
    name="untreated-time-counted",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="note",
    only_where=(given("untreated_start"),),
    element="service_minutes",
    message="by the note's own words its minutes take in time without treatment",
    remedy=chart("How many minutes was the patient treated, without rest, waiting and paperwork?"),
    sources=("cms-cpm-5-20.3",),
    find=find,
)
