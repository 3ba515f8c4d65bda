"""What was done stands in the note under another day than the visit's."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days, given, holds
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of billed visits, of the day themselves, whose treatment is headed with another day."""
    note, visit = facts.note, facts.visit
    at = note.visit[rows]
    of_visit = (note.day[rows] == ABSENT) | (note.day[rows] == visit.day[at])
    rows = rows[of_visit & (note.headed_day[rows] != visit.day[at])]
    return Hits(
        rows,
        {"headed": days(note.headed_day[rows]), "day": days(visit.day[note.visit[rows]])},
        ((note.headed_start[rows], note.headed_end[rows]),),
    )


RULE = Rule(
    code="DOC115",
    name="treatment-of-another-day",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="documentation",
    over="note",
    only_where=(given("headed_day"), holds("visit.billed_lines")),
    applies="treatment_note",
    message="the treatment in the note is headed {headed}, the visit was on {day}",
    remedy=chart("Was this treatment given at the visit, or does the text come from another note?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
