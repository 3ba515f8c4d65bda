"""The reader of treatment notes: what was done, for how long, with how much help, and how well the note supports it."""

from __future__ import annotations

from quarterhour.notes.reading import NoteReading, read, read_many
from quarterhour.notes.wording.lexicon import LexiconError

__all__ = ["LexiconError", "NoteReading", "read", "read_many"]
