"""The note gives neither a total of timed minutes nor the minutes of each service."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, below, chart, exactly
from quarterhour.rules.documentation._reading import timed_billed
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.note_codes import NOTHING, WHOLE


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of visits with a billed timed service that leave the timed minutes unknown, where the record does too."""
    note = facts.note
    asked = facts.parameter("cms/treatment_note:total_timed_minutes")[note.visit[rows]] > 0
    rows = rows[asked & timed_billed(facts)[rows]]
    return Hits(rows)


RULE = Rule(
    code="DOC104",
    name="timed-minutes-not-stated",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note",
    only_where=(
        exactly("grades.total_timed_minutes", NOTHING),
        below("grades.service_minutes", WHOLE),
        exactly("visit.total_timed_minutes", ABSENT),
    ),
    applies="treatment_note",
    reads=("cms/treatment_note:total_timed_minutes",),
    element="total_timed_minutes",
    message="there are timed services; the note has no total of timed minutes and not the minutes of each service",
    remedy=chart("How many minutes of timed services were given?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
