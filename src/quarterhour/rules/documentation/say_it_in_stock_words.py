"""The note speaks of the treatment in stock words alone."""

from __future__ import annotations

from typing import Final

from quarterhour.rules.contract import Hits, Rule, below, chart, exactly
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import PART, WHOLE, treated

#: What a note in stock words has nothing of in full.
_SPECIFIC: Final = ("activities", "assistance_level", "goal_linkage", "progress")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a billed treatment with response and skill in stock wording, and nothing specific beside them."""
    note = facts.note
    rows = rows[treated(facts)[rows]]
    told = ("skilled_rationale", "patient_response")
    evidence = tuple((note.starts[name][rows], note.ends[name][rows]) for name in told)
    return Hits(rows, evidence=evidence)


RULE = Rule(
    code="DOC501",
    name="note-in-stock-words",
    severity="warning",
    confidence="medium",
    persona="auditor",
    kind="documentation",
    over="note",
    only_where=(
        exactly("grades.patient_response", PART),
        exactly("grades.skilled_rationale", PART),
        *(below(f"grades.{element}", WHOLE) for element in _SPECIFIC),
    ),
    message="the note tells skill and response in words that fit any patient, and nothing of this one beside them",
    remedy=chart("What was done, with what help and what effect, that was this patient's and no other's?"),
    sources=("cms-bpm-15-220.2", "cms-bpm-15-220.3"),
    find=find,
)
