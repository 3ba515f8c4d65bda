"""The note gives minutes by service and no total of them."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.documentation._reading import timed_billed
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.note_codes import NOTHING, WHOLE


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of visits with a billed timed service that state minutes for each and no total, nor does the record."""
    note = facts.note
    asked = facts.parameter("cms/treatment_note:total_timed_minutes")[note.visit[rows]] > 0
    rows = rows[asked & timed_billed(facts)[rows]]
    evidence = ((note.starts["service_minutes"][rows], note.ends["service_minutes"][rows]),)
    return Hits(rows, evidence=evidence)


RULE = Rule(
    code="DOC103",
    name="timed-total-not-stated",
    severity="warning",
    confidence="high",
    persona="therapist",
    kind="documentation",
    over="note",
    only_where=(
        exactly("grades.total_timed_minutes", NOTHING),
        exactly("grades.service_minutes", WHOLE),
        exactly("visit.total_timed_minutes", ABSENT),
    ),
    applies="treatment_note",
    reads=("cms/treatment_note:total_timed_minutes",),
    element="total_timed_minutes",
    message="the note gives minutes by service and no total of timed minutes",
    remedy=chart("How many timed minutes were there in all?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
