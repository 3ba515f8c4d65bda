"""Visit records on their way to a part: the text of each, with who it is about, so that it is read whole only there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa

from quarterhour.domain.columns import Columns, IntArray, to_columns
from quarterhour.domain.visit import Visit
from quarterhour.interchange.visit_json import read
from quarterhour.workflows.scrub.rows import PATIENT, PLACE, VISIT, Slip

#: The column that holds a record's text.
RECORD: Final = "quarterhour.record"
#: A block of records is as long as that, in bytes.
_BLOCK: Final = 32 << 20


class _Person(msgspec.Struct):
    id: Any = None


class _About(msgspec.Struct):
    """What of a record says to whom it belongs, or the records it holds."""

    patient: _Person | None = None
    visit_id: Any = None
    visits: list[msgspec.Raw] | None = None


_ABOUT: Final = msgspec.json.Decoder(_About)
_LIST: Final = msgspec.json.Decoder(list[msgspec.Raw])


class ReadRecords(msgspec.Struct, frozen=True):
    """Columns of visits, the row of each among those given, and what could not be read."""

    columns: Columns[Visit]
    first: IntArray
    slips: tuple[Slip, ...]


def of_lines(path: Path, begin: int, lines: int) -> Iterator[pa.Table]:
    """A file of one record a line, in blocks."""
    with path.open("rb") as stream:
        yield from tables_of(
            ((begin + place, one) for place, line in enumerate(stream) for one in _records(line)), lines
        )


def of_file(path: Path, begin: int, lines: int) -> Iterator[pa.Table]:
    """A file of one JSON document: a record, a list of them, or ``{"visits": [...]}``."""
    found = _records(path.read_bytes())
    yield from tables_of(((begin + place, one) for place, one in enumerate(found)), lines)


def read_records(table: pa.Table, *, known: Callable[[str], bool], payer_needed: bool) -> ReadRecords:
    """Read the records of a part whole."""
    texts = [text.replace(b"\n", b" ") for text in table.column(RECORD).to_pylist()]
    # A line with nothing on it is no document, so the first document of a text tells which row it is.
    reading = read(b"\n".join(texts), lines=True, payer_needed=payer_needed)
    slips = [Slip((one.line or 1) - 1, "", one.message) for one in reading.defects]
    visits, first = [], []
    for one in reading.visits:
        row = reading.documents[one.document][0] - 1
        if one.visit.payer is not None and not known(one.visit.payer):
            slips.append(Slip(row, "payer", "no such payer"))
        else:
            visits.append(one.visit)
            first.append(row)
    return ReadRecords(to_columns(Visit, visits), np.array(first, dtype=np.int64), tuple(slips))


def _records(content: bytes) -> Sequence[bytes]:
    """The texts of the records a document holds; the document itself where it cannot be told."""
    content = content.removeprefix(b"\xef\xbb\xbf").strip()
    if not content:
        return ()
    try:
        if content.startswith(b"["):
            return [bytes(one) for one in _LIST.decode(content)]
        about = _ABOUT.decode(content)
    except msgspec.DecodeError:
        return (content,)
    return (content,) if about.visits is None else [bytes(one) for one in about.visits]


def tables_of(records: Iterable[tuple[int, bytes]], lines: int) -> Iterator[pa.Table]:
    """The places and texts of records in blocks, each record with who it is about."""
    places: list[int] = []
    texts: list[bytes] = []
    held = 0
    for place, text in records:
        places.append(place)
        texts.append(text)
        held += len(text)
        if held >= _BLOCK or len(texts) >= lines:
            yield _table(places, texts)
            places, texts, held = [], [], 0
    if texts:
        yield _table(places, texts)


def _table(places: list[int], texts: list[bytes]) -> pa.Table:
    about = [_about(text) for text in texts]
    return pa.table(
        {
            PLACE: pa.array(places, pa.int64()),
            PATIENT: pa.array([patient for patient, _ in about], pa.string()),
            VISIT: pa.array([visit for _, visit in about], pa.string()),
            RECORD: pa.array(texts, pa.binary()),
        }
    )


def _about(text: bytes) -> tuple[str | None, str | None]:
    try:
        about = _ABOUT.decode(text)
    except msgspec.DecodeError:
        return None, None
    patient = about.patient.id if about.patient else None
    return patient if isinstance(patient, str) else None, about.visit_id if isinstance(about.visit_id, str) else None
