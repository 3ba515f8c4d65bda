"""97530 is billed, and the note names activities only as a category."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.documentation._reading import activities_graded
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import PART


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 that the note names without one task that was done."""
    told, note = facts.note_code, facts.note
    rows = rows[told.performed[rows] | (note.services[told.note[rows]] == 0)]
    at = told.note[rows]
    evidence = ((note.starts["activities"][at], note.ends["activities"][at]),)
    return Hits(rows, {"code": codes(told.code[rows])}, evidence)


RULE = Rule(
    code="DOC220",
    name="activities-only-a-category",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=activities_graded("activities", PART),
    element="activities",
    message="{code}: the note names no task that was done, only a category of activity",
    remedy=chart("Which tasks did the patient do under {code}: what movement, with which object, where?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
