"""The note of a treatment without 97530 does not tell why a therapist was needed."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING, activities_billed, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a billed treatment other than 97530 that have nothing of it."""
    return Hits(rows[treated(facts)[rows] & ~activities_billed(facts)[rows]])


RULE = Rule(
    code="DOC231",
    name="skilled-reason-not-told-elsewhere",
    severity="info",
    confidence="medium",
    persona="auditor",
    kind="documentation",
    over="note",
    only_where=(exactly("grades.skilled_rationale", NOTHING),),
    element="skilled_rationale",
    message="the note does not tell why the treatment took a therapist's skill",
    remedy=chart("What did the therapist judge, adjust or guard against?"),
    sources=("cms-bpm-15-220.2", "cms-bpm-15-220.3"),
    find=find,
)
