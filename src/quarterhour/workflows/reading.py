"""Notes read for the rules: the place where the note reader and the engine meet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quarterhour.domain.json import from_builtins
from quarterhour.domain.reading import Reading
from quarterhour.domain.visit import Visit


def read_note(text: str, *, vocabulary: Sequence[Path] = ()) -> Reading:
    """Read one note; ``vocabulary`` are a clinic's own packs laid over the built-in ones.

    Raises:
        LexiconError: for packs that contradict each other.

    """
    from quarterhour.notes import read

    return from_builtins(read(text, overlays=tuple(vocabulary)).as_dict(), Reading)


def readings(visits: Sequence[Visit], *, vocabulary: Sequence[Path] = ()) -> list[Reading | None]:
    """The reading of every visit's note, None where a visit has none. Nothing is loaded where no visit has one."""
    return [
        read_note(visit.note.text, vocabulary=vocabulary) if visit.note and visit.note.text else None
        for visit in visits
    ]
