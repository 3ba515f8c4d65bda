"""The record has more minutes of a service than the note gives it."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, given, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Timed codes whose recorded minutes are above those of the note."""
    told = facts.note_code
    rows = rows[told.recorded_minutes[rows] > told.minutes[rows]]
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
    code="TIM201",
    name="recorded-minutes-exceed-note",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="note_code",
    only_where=(holds("in_total"), given("minutes"), given("recorded_minutes")),
    element="service_minutes",
    message="{code} has {recorded} minutes in the record and {noted} in the note",
    remedy=chart("Which is right for {code}, the {recorded} minutes of the record or the {noted} of the note?"),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.2"),
    find=find,
)
