"""The note of a treatment without 97530 tells no response of the patient."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING, activities_billed, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a billed treatment other than 97530 that have nothing of it."""
    return Hits(rows[treated(facts)[rows] & ~activities_billed(facts)[rows]])


RULE = Rule(
    code="DOC232",
    name="response-not-told-elsewhere",
    severity="info",
    confidence="medium",
    persona="auditor",
    kind="documentation",
    over="note",
    only_where=(exactly("grades.patient_response", NOTHING),),
    element="patient_response",
    message="the note tells no response of the patient to the treatment",
    remedy=chart("How did the patient respond to the treatment?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
