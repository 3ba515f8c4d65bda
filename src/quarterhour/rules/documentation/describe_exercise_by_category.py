"""A timed treatment is billed, and the note describes nothing that was done under it."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, exactly, holds
from quarterhour.rules.documentation._reading import treatments
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import ACTIVITIES, PART


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed timed treatments other than 97530 whose note names categories alone, or refers elsewhere."""
    told, note = facts.note_code, facts.note
    rows = treatments(facts, rows[told.code[rows] != ACTIVITIES])
    asked = facts.parameter("cms/treatment_note:interventions")[told.visit[rows]] > 0
    rows = rows[asked & (told.performed[rows] | (note.services[told.note[rows]] == 0))]
    return Hits(rows, {"code": codes(told.code[rows])}, ((told.start[rows], told.end[rows]),))


RULE = Rule(
    code="DOC112",
    name="timed-treatment-not-described",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=(exactly("grades.activities", PART), holds("in_total")),
    applies="treatment_note",
    reads=("cms/treatment_note:interventions",),
    element="activities",
    message="{code}: the note names no exercise or technique under it, only a category or another sheet",
    remedy=chart("Which exercises or techniques were given under {code}, and is their sheet in the record?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
