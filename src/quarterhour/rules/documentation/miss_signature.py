"""Nobody signed the note, and the record names no signer."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly, fails
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a treatment without a signature, where the record names no signer."""
    note, visit = facts.note, facts.visit
    asked = facts.parameter("cms/treatment_note:signature")[note.visit[rows]] > 0
    return Hits(rows[asked & ((visit.billed_lines[note.visit[rows]] > 0) | (note.services[rows] > 0))])


RULE = Rule(
    code="DOC106",
    name="note-not-signed",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="documentation",
    over="note",
    only_where=(exactly("grades.signature", NOTHING), fails("visit.signed")),
    applies="treatment_note",
    reads=("cms/treatment_note:signature",),
    element="signature",
    message="no signature in the note, and no signer in the record",
    remedy=chart("Who gave or supervised the treatment, and will that person sign the note or an attestation?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
