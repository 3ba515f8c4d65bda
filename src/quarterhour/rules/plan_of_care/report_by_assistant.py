"""A progress report is signed by an assistant alone."""

from __future__ import annotations

import numpy as np

from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, chart, words
from quarterhour.rules.facts import NOTE_TYPES, Facts, IntArray

_ASSISTANT = STANDINGS.index("assistant")
_CLINICIANS_ONLY = np.array([NOTE_TYPES.index(name) for name in ("progress",)])


def find(facts: Facts, rows: IntArray) -> Hits:
    """Progress reports that only an assistant signed."""
    note = facts.note
    rows = rows[np.isin(note.type[rows], _CLINICIANS_ONLY) & (note.signer[rows] >= 0)]
    if not rows.size:
        return Hits(rows)
    rows = rows[facts.provider("standing")[note.signer[rows]] == _ASSISTANT]
    return Hits(
        rows,
        {"who": words(note.signer[rows], facts.provider_labels)},
        ((note.starts["signature"][rows], note.ends["signature"][rows]),),
    )


RULE = Rule(
    code="POC201",
    name="progress-report-signed-by-assistant",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="plan_of_care",
    over="note",
    applies="progress_reports",
    element="signature",
    message="the progress report is signed by nobody but an assistant: {who}",
    remedy=chart("Which clinician assessed the progress and set the plan, and on which day did they write it down?"),
    sources=("cms-bpm-15-220.3", "cms-bpm-15-230"),
    find=find,
)
