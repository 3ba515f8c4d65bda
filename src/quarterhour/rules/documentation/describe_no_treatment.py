"""An untimed treatment is billed, and the note describes nothing that was done under it."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, exactly, fails
from quarterhour.rules.documentation._reading import treatments
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import PART


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed untimed and group treatments whose note names categories alone."""
    told, note = facts.note_code, facts.note
    rows = treatments(facts, rows)
    asked = facts.parameter("cms/treatment_note:interventions")[told.visit[rows]] > 0
    rows = rows[asked & (told.performed[rows] | (note.services[told.note[rows]] == 0))]
    return Hits(rows, {"code": codes(told.code[rows])}, ((told.start[rows], told.end[rows]),))


RULE = Rule(
    code="DOC111",
    name="treatment-not-described",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=(exactly("grades.activities", PART), fails("in_total")),
    applies="treatment_note",
    reads=("cms/treatment_note:interventions",),
    element="activities",
    message="{code}: the note names no task, exercise or technique, only a category",
    remedy=chart("What was done under {code}: which tasks or techniques, with what cues?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
