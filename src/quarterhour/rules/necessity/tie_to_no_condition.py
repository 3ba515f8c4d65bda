"""Nothing in the note ties the work to the condition treated."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.necessity._reading import without
from quarterhour.rules.note_codes import NOTHING, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a billed treatment without a condition in full, a reason, or a tie to what the patient cannot do."""
    note = facts.note
    rows = rows[treated(facts)[rows]]
    return Hits(rows, evidence=((note.starts["diagnosis"][rows], note.ends["diagnosis"][rows]),))


RULE = Rule(
    code="NEC103",
    name="work-not-tied-to-condition",
    severity="warning",
    confidence="low",
    persona="therapist",
    kind="necessity",
    over="note",
    only_where=(
        exactly("grades.skilled_rationale", NOTHING),
        exactly("grades.goal_linkage", NOTHING),
        *without("diagnosis"),
    ),
    element="diagnosis",
    message="the work is tied to no condition or loss of function; the note names a symptom at most",
    remedy=chart("Which loss of mobility, strength, range, balance or coordination was the work chosen for?"),
    sources=("cms-bpm-15-220.2",),
    find=find,
)
