"""The note does not tell where, or with what set-up, the activities were done."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.documentation._reading import activities_graded
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 whose note tells no place and no set-up."""
    return Hits(rows, {"code": codes(facts.note_code.code[rows])})


RULE = Rule(
    code="DOC208",
    name="task-setup-not-told",
    severity="info",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=activities_graded("environment", NOTHING),
    element="environment",
    message="the note does not tell where, or with what set-up, the activities under {code} were done",
    remedy=chart("Where and with what objects were the activities done?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
