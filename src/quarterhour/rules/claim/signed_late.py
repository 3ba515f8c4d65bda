"""The note was signed late."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits whose note was signed later than a contractor may allow for writing it."""
    visit = facts.visit
    allowed = facts.parameter("cms/plan_of_care:note_writing_days")[rows]
    after = visit.signed_day[rows] - visit.day[rows]
    late = after > allowed
    return Hits(rows[late], {"after": after[late], "allowed": allowed[late]})


RULE = Rule(
    code="CLM113",
    name="signed-late",
    severity="info",
    confidence="medium",
    persona="auditor",
    kind="documentation",
    over="visit",
    applies="treatment_note",
    reads=("cms/plan_of_care:note_writing_days",),
    needs=("signed_day",),
    element="signature",
    message="The note was signed {after} days after the visit; a contractor may ask for it within {allowed}",
    remedy=chart("Was the note written on the day, and only the signature late?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
