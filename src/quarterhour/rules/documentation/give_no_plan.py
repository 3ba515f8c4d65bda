"""The note does not say what comes next."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a billed treatment without a plan."""
    return Hits(rows[treated(facts)[rows]])


RULE = Rule(
    code="DOC210",
    name="next-step-not-told",
    severity="info",
    confidence="medium",
    persona="auditor",
    kind="documentation",
    over="note",
    only_where=(exactly("grades.plan", NOTHING),),
    element="plan",
    message="the note does not say how the treatment goes on",
    remedy=chart("What is planned for the next visits, and is anything changed?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
