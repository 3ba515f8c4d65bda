"""Nothing in the note of a treatment other than 97530 shows that it took a therapist's skill."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.necessity._reading import without
from quarterhour.rules.note_codes import activities_billed, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a billed treatment without a reason, help, response, tie to a goal or measured progress.

    Where 97530 is billed, each of these is a finding of its own (DOC201 to DOC204).
    """
    rows = rows[treated(facts)[rows] & ~activities_billed(facts)[rows]]
    note = facts.note
    return Hits(rows, evidence=((note.starts["skilled_rationale"][rows], note.ends["skilled_rationale"][rows]),))


RULE = Rule(
    code="NEC101",
    name="skill-not-shown",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="necessity",
    over="note",
    only_where=without("skilled_rationale", "assistance_level", "patient_response", "goal_linkage", "progress"),
    element="skilled_rationale",
    message="nothing shows a therapist's skill: no reason, help, response, goal or measured change of this patient",
    remedy=chart("What could this patient not have done safely without a therapist, and what did the therapist do?"),
    sources=("cms-bpm-15-220.2",),
    find=find,
)
