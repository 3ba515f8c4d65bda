"""The note compares nothing with an earlier state."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING, evaluated, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a billed treatment, not the first visit and without an evaluation, that tell no progress."""
    first = facts.visit.visit_number[facts.note.visit[rows]] == 1
    return Hits(rows[treated(facts)[rows] & ~evaluated(facts)[rows] & ~first])


RULE = Rule(
    code="DOC206",
    name="progress-not-told",
    severity="info",
    confidence="medium",
    persona="auditor",
    kind="documentation",
    over="note",
    only_where=(exactly("grades.progress", NOTHING),),
    element="progress",
    message="the note compares nothing with an earlier state",
    remedy=chart("What is different from an earlier visit, in numbers where there are any?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
