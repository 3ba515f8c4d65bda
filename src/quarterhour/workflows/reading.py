"""Notes read for the rules: the place where the note reader and the engine meet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quarterhour.domain.json import from_builtins
from quarterhour.domain.reading import Reading
from quarterhour.domain.visit import Visit
from quarterhour.workflows.errors import BadRequest


def read_plain(text: str, *, vocabulary: Sequence[str | Path] = ()) -> dict[str, Any]:
    """Read one note (contract, section 5); ``vocabulary`` are a clinic's own packs laid over the built-in ones.

    Raises:
        BadRequest: for packs that cannot be read or contradict each other.

    """
    from quarterhour.notes import LexiconError, read

    try:
        return read(text, overlays=tuple(map(Path, vocabulary))).as_dict()
    except LexiconError as error:
        raise BadRequest(f"vocabulary: {error}") from None
    except OSError as error:
        raise BadRequest(f"vocabulary {error.filename}: {error.strerror or type(error).__name__}") from None


def read_note(text: str, *, vocabulary: Sequence[str | Path] = ()) -> Reading:
    """As :func:`read_plain`, in the shape the rules take."""
    return from_builtins(read_plain(text, vocabulary=vocabulary), Reading)


def readings(visits: Sequence[Visit], *, vocabulary: Sequence[str | Path] = ()) -> list[Reading | None]:
    """The reading of every visit's note, None where a visit has none. Nothing is loaded where no visit has one."""
    return [
        read_note(visit.note.text, vocabulary=vocabulary) if visit.note and visit.note.text else None
        for visit in visits
    ]
