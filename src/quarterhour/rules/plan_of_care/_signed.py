"""Notes that are a clinician's to write, and that only an assistant signed."""

from __future__ import annotations

from typing import Final

from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, exactly, one_of, words
from quarterhour.rules.facts import NOTE_TYPES, Facts, IntArray

#: Notes whose signer is an assistant.
BY_ASSISTANT: Final = (exactly("signer_standing", STANDINGS.index("assistant")),)


def signed_by_assistant(facts: Facts, rows: IntArray, types: tuple[str, ...]) -> Hits:
    """Of notes ``BY_ASSISTANT``, those of these types (``NOTE_TYPES``)."""
    note = facts.note
    rows = rows[one_of(note.type[rows], [NOTE_TYPES.index(name) for name in types])]
    return Hits(
        rows,
        {"who": words(note.signer[rows], facts.provider_labels)},
        ((note.starts["signature"][rows], note.ends["signature"][rows]),),
    )
