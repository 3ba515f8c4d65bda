"""A therapist's skill is asserted, without a reason of this patient's."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.documentation._reading import activities_graded
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import PART


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 whose note has a part of it."""
    note, told = facts.note, facts.note_code
    at = told.note[rows]
    evidence = ((note.starts["skilled_rationale"][at], note.ends["skilled_rationale"][at]),)
    return Hits(rows, {"code": codes(told.code[rows])}, evidence)


RULE = Rule(
    code="DOC214",
    name="skill-asserted",
    severity="info",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=activities_graded("skilled_rationale", PART),
    element="skilled_rationale",
    message="skill is asserted for the activities under {code}, without a reason from this patient",
    remedy=chart("What in this patient called for the therapist's judgement?"),
    sources=("cms-bpm-15-220.2", "cms-bpm-15-220.3"),
    find=find,
)
