"""The note says that an aide gave a service of a billed visit."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, given, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of billed visits that say an aide or technician provided, led or performed a treatment."""
    note = facts.note
    return Hits(
        rows,
        {"lines": facts.visit.billed_lines[note.visit[rows]]},
        ((note.aide_start[rows], note.aide_end[rows]),),
    )


RULE = Rule(
    code="AST203",
    name="service-given-by-aide",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="eligibility",
    over="note",
    only_where=(given("aide_start"), holds("visit.billed_lines")),
    applies="provider_eligibility",
    message="the note says that an aide gave a service; billed lines: {lines}",
    remedy=chart("Which minutes did the therapist or assistant treat alone, and which did the aide?"),
    sources=("cms-bpm-15-220.2", "cms-bpm-15-230"),
    find=find,
)
