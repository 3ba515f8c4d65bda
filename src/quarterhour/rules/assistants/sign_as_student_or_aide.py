"""The note is signed only by somebody who may not furnish therapy, such as a student or an aide."""

from __future__ import annotations

from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, chart, exactly, holds, words
from quarterhour.rules.facts import Facts, IntArray

_NOT_QUALIFIED = STANDINGS.index("not-qualified")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of billed visits whose only known signer is not qualified to furnish therapy."""
    note = facts.note
    return Hits(
        rows,
        {"who": words(note.signer[rows], facts.provider_labels)},
        ((note.starts["signature"][rows], note.ends["signature"][rows]),),
    )


RULE = Rule(
    code="AST202",
    name="note-signed-by-unqualified-person",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="eligibility",
    over="note",
    only_where=(exactly("signer_standing", _NOT_QUALIFIED), holds("visit.billed_lines")),
    applies="provider_eligibility",
    element="signature",
    message="only one who may not furnish therapy signed the note: {who}",
    remedy=chart("Which therapist was in the room, directed the service and made the decisions, and did they sign?"),
    sources=("cms-bpm-15-230", "cms-bpm-15-220.3"),
    find=find,
)
