"""The note writes another date of service than the visit's."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days, given, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of billed visits whose date of service, written in full, is not the visit's."""
    note, visit = facts.note, facts.visit
    at = note.visit[rows]
    rows = rows[note.day[rows] != visit.day[at]]
    return Hits(rows, {"noted": days(note.day[rows]), "day": days(visit.day[note.visit[rows]])})


RULE = Rule(
    code="DOC113",
    name="note-of-another-day",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="documentation",
    over="note",
    only_where=(given("day"), holds("visit.billed_lines")),
    applies="treatment_note",
    message="the note is of {noted}, the visit of {day}",
    remedy=chart("Is this the note of the visit, and which of the two dates is right?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
