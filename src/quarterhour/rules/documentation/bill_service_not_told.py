"""A billed service is neither named in the note nor described there."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, fails
from quarterhour.rules.documentation._reading import UNTOLD
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.note_codes import EVALUATING


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed codes of known work that a note with named services leaves out."""
    told, note = facts.note_code, facts.note
    asked = facts.parameter("cms/treatment_note:interventions")[told.visit[rows]] > 0
    known = (told.speaking_in_note[rows] != ABSENT) & ~facts.of_kind(told.kind[rows], *EVALUATING)
    rows = rows[asked & known & (note.services[told.note[rows]] > 0)]
    return Hits(rows, {"code": codes(told.code[rows])})


RULE = Rule(
    code="DOC110",
    name="billed-service-not-in-note",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="documentation",
    over="note_code",
    only_where=(*UNTOLD, fails("mentioned")),
    applies="treatment_note",
    reads=("cms/treatment_note:interventions",),
    element="activities",
    message="{code} is billed; the note names other services and tells no work of this kind",
    remedy=choice("Bill the services the note describes, or have the clinician add what was done under {code}."),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
