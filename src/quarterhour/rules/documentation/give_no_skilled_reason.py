"""The note does not tell why the activities took a therapist's skill."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.documentation._reading import activities_graded
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 whose note has nothing of it."""
    return Hits(rows, {"code": codes(facts.note_code.code[rows])})


RULE = Rule(
    code="DOC204",
    name="skilled-reason-not-told",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=activities_graded("skilled_rationale", NOTHING),
    element="skilled_rationale",
    message="the note does not tell why the activities under {code} took a therapist's skill",
    remedy=chart("What did the therapist judge, change or guard against in this patient?"),
    sources=("cms-bpm-15-220.2", "cms-bpm-15-220.3"),
    find=find,
)
