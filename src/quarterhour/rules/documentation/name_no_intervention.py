"""The note names nothing that was done at the visit."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of visits with a billed treatment that name neither a service nor an activity as done."""
    note = facts.note
    asked = facts.parameter("cms/treatment_note:interventions")[note.visit[rows]] > 0
    rows = rows[asked & treated(facts)[rows]]
    return Hits(rows, {"lines": facts.visit.billed_lines[note.visit[rows]]})


RULE = Rule(
    code="DOC101",
    name="note-names-no-intervention",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note",
    only_where=(exactly("services", 0), exactly("grades.activities", NOTHING)),
    applies="treatment_note",
    reads=("cms/treatment_note:interventions",),
    element="activities",
    message="billed services: {lines}; the note names nothing that was done at the visit",
    remedy=chart("Which services and interventions were given at this visit, and were they given at all?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
