"""The note speaks of help or cues without saying how much, or for which task."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.documentation._reading import activities_graded
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import PART


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 whose note has a part of it."""
    note, told = facts.note, facts.note_code
    at = told.note[rows]
    evidence = ((note.starts["assistance_level"][at], note.ends["assistance_level"][at]),)
    return Hits(rows, {"code": codes(told.code[rows])}, evidence)


RULE = Rule(
    code="DOC211",
    name="assistance-without-amount",
    severity="info",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=activities_graded("assistance_level", PART),
    element="assistance_level",
    message="help or cueing stands in the note without amount or without the task it was for ({code})",
    remedy=chart("How much help or cueing, and for which of the activities?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
