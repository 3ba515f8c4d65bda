"""The note tells the response in words that fit every patient."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.documentation._reading import activities_graded
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import PART


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 whose note has a part of it."""
    note, told = facts.note, facts.note_code
    at = told.note[rows]
    evidence = ((note.starts["patient_response"][at], note.ends["patient_response"][at]),)
    return Hits(rows, {"code": codes(told.code[rows])}, evidence)


RULE = Rule(
    code="DOC212",
    name="response-in-stock-words",
    severity="info",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=activities_graded("patient_response", PART),
    element="patient_response",
    message="the response to the activities under {code} is told in stock words alone",
    remedy=chart("What did the patient do or report that shows how the treatment worked?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
