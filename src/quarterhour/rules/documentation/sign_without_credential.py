"""The note closes with a name and no professional credential, and the record names no signer."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly, fails
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import PART


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a treatment with half a signature, where the record names no signer."""
    note, visit = facts.note, facts.visit
    asked = facts.parameter("cms/treatment_note:signature")[note.visit[rows]] > 0
    rows = rows[asked & ((visit.billed_lines[note.visit[rows]] > 0) | (note.services[rows] > 0))]
    return Hits(rows, evidence=((note.starts["signature"][rows], note.ends["signature"][rows]),))


RULE = Rule(
    code="DOC107",
    name="signature-incomplete",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note",
    only_where=(exactly("grades.signature", PART), fails("visit.signed")),
    applies="treatment_note",
    reads=("cms/treatment_note:signature",),
    element="signature",
    message="no full signature: the name or the professional credential is missing, and no signer is on record",
    remedy=chart("What are the full name and the credential of the one who signed?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
