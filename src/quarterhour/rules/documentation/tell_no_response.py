"""The note tells no response of the patient to the activities."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.documentation._reading import activities_graded
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 whose note has nothing of it."""
    return Hits(rows, {"code": codes(facts.note_code.code[rows])})


RULE = Rule(
    code="DOC202",
    name="response-not-told",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=activities_graded("patient_response", NOTHING),
    element="patient_response",
    message="the note tells no response of the patient to the activities under {code}",
    remedy=chart("How did the patient respond to the activities: what changed, in what measure?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
