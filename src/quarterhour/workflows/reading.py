"""Notes read for the rules: the place where the note reader and the engine meet."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from quarterhour.domain.line_ends import with_line_feeds
from quarterhour.domain.reading import Reading
from quarterhour.domain.visit import Visit
from quarterhour.workflows.asked import paths_of
from quarterhour.workflows.errors import BadRequest

if TYPE_CHECKING:
    from quarterhour.notes import NoteReading


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


def _read(texts: Iterable[str], vocabulary: Sequence[str | Path]) -> Iterator[NoteReading]:
    from quarterhour.notes import LexiconError, read_many

    given: deque[str] = deque()  # texts whose readings are still to come

    def lined() -> Iterator[str]:
        for text in texts:
            given.append(text)
            yield with_line_feeds(text)

    try:
        for found in read_many(lined(), overlays=paths_of(vocabulary, "vocabulary")):
            yield _of_given(found, given.popleft())
    except LexiconError as error:
        raise BadRequest(f"vocabulary: {error}") from None
    except OSError as error:
        raise BadRequest(f"vocabulary {error.filename}: {error.strerror or type(error).__name__}") from None


def _of_given(found: NoteReading, text: str) -> NoteReading:
    """What was read of the text with line feeds, in the words of the text as it was given."""
    if found.text == text:
        return found
    services = [replace(one, label=text[one.anchor : one.anchor + len(one.label)]) for one in found.services]
    return replace(found, text=text, services=tuple(services))
