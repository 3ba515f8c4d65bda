"""The note gives a service more minutes than the record has."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, given, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Timed codes whose minutes in the note are above the recorded ones."""
    told = facts.note_code
    rows = rows[told.recorded_minutes[rows] < told.minutes[rows]]
    return Hits(
        rows,
        {
            "code": codes(told.code[rows]),
            "recorded": told.recorded_minutes[rows],
            "noted": told.minutes[rows],
        },
        ((told.start[rows], told.end[rows]),),
    )


RULE = Rule(
    code="TIM207",
    name="note-minutes-exceed-record",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="note_code",
    only_where=(holds("in_total"), given("minutes"), given("recorded_minutes")),
    element="service_minutes",
    message="{code} has {noted} minutes in the note and {recorded} in the record",
    remedy=chart("Which is right for {code}, the {noted} minutes of the note or the {recorded} of the record?"),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.2"),
    find=find,
)
