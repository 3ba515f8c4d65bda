"""Notes read for the rules: the place where the note reader and the engine meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quarterhour.domain.reading import Reading
from quarterhour.domain.visit import Visit
from quarterhour.workflows.asked import paths_of
from quarterhour.workflows.errors import BadRequest

if TYPE_CHECKING:
    from quarterhour.notes import NoteReading

_ALONE: Final = re.compile(r"\r(?!\n)")


def read_plain(text: str, *, vocabulary: Sequence[str | Path] = ()) -> dict[str, Any]:
    """Read one note (contract, section 5); ``vocabulary`` are a clinic's own packs laid over the built-in ones.

    Raises:
        BadRequest: for packs that cannot be read or contradict each other.

    """
    return read_both(text, vocabulary=vocabulary)[0]


def read_both(text: str, *, vocabulary: Sequence[str | Path] = ()) -> tuple[dict[str, Any], Reading]:
    """As :func:`read_plain`, and as :func:`read_note`, which holds more than the contract tells."""
    read = next(_read([text], vocabulary))
    return read.as_dict(), read.as_reading()


def read_note(text: str, *, vocabulary: Sequence[str | Path] = ()) -> Reading:
    """As :func:`read_plain`, in the shape the rules take."""
    return next(read_notes([text], vocabulary=vocabulary))


def read_notes(texts: Iterable[str], *, vocabulary: Sequence[str | Path] = ()) -> Iterator[Reading]:
    """The readings of notes as they come, as :func:`read_note`; of many notes each takes less time than one alone."""
    return (one.as_reading() for one in _read(texts, vocabulary))


def readings(visits: Sequence[Visit], *, vocabulary: Sequence[str | Path] = ()) -> list[Reading | None]:
    """The reading of every visit's note, None where a visit has none. Nothing is loaded where no visit has one."""
    texts = [visit.note.text if visit.note else None for visit in visits]
    noted = [text for text in texts if text]
    read = read_notes(noted, vocabulary=vocabulary) if noted else iter(())
    return [next(read) if text else None for text in texts]


def with_line_feeds(text: str) -> str:
    """The text with a line feed for each carriage return that stands alone, as old exports end lines.

    No character is added or taken away, so places in the one are places in the other.
    """
    return _ALONE.sub("\n", text) if "\r" in text else text


def _read(texts: Iterable[str], vocabulary: Sequence[str | Path]) -> Iterator[NoteReading]:
    from quarterhour.notes import LexiconError, read_many

    try:
        yield from read_many(map(with_line_feeds, texts), overlays=paths_of(vocabulary, "vocabulary"))
    except LexiconError as error:
        raise BadRequest(f"vocabulary: {error}") from None
    except OSError as error:
        raise BadRequest(f"vocabulary {error.filename}: {error.strerror or type(error).__name__}") from None
