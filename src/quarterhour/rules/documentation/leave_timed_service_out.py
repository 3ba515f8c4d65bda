"""The note tells of a timed service with minutes that the record has no line for."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, exactly, holds
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Timed codes done today with minutes in the note and without any line, billed or not, in the record."""
    told = facts.note_code
    asked = facts.parameter("cms/treatment_note:unbilled_timed_services")[told.visit[rows]] > 0
    rows = rows[asked & (facts.visit.billed_lines[told.visit[rows]] > 0)]
    where_told = ((told.start[rows], told.end[rows]),)
    return Hits(rows, {"code": codes(told.code[rows]), "minutes": told.minutes[rows]}, where_told)


RULE = Rule(
    code="DOC108",
    name="timed-service-not-recorded",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="documentation",
    over="note_code",
    only_where=(exactly("line", ABSENT), holds("in_total"), holds("performed"), holds("minutes")),
    applies="treatment_note",
    reads=("cms/treatment_note:unbilled_timed_services",),
    element="service_minutes",
    message="the note has {minutes} minutes of {code} that count into the timed total; the visit has no line for it",
    remedy=choice("Record {code} with its minutes, with units or with 0 units, and count the units of the day again."),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.2"),
    find=find,
)
