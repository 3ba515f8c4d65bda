"""Notes that are a clinician's to write, and that only an assistant signed."""

from __future__ import annotations

from typing import Final

from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, one_of, words
from quarterhour.rules.facts import NOTE_TYPES, Facts, IntArray

_ASSISTANT: Final = STANDINGS.index("assistant")


def signed_by_assistant(facts: Facts, rows: IntArray, types: tuple[str, ...]) -> Hits:
    """Notes of these types (``NOTE_TYPES``) whose signer is an assistant."""
    note = facts.note
    written = one_of(note.type[rows], [NOTE_TYPES.index(name) for name in types])
    rows = rows[written & (note.signer[rows] >= 0)]
    if not rows.size:
        return Hits(rows)
    rows = rows[facts.provider("standing")[note.signer[rows]] == _ASSISTANT]
    return Hits(
        rows,
        {"who": words(note.signer[rows], facts.provider_labels)},
        ((note.starts["signature"][rows], note.ends["signature"][rows]),),
    )
