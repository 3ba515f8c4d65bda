"""Read visit records from a text: which documents it holds, which visits they are, and what is wrong where."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.visit import Visit
from quarterhour.interchange.errors import Defect, Unreadable
from quarterhour.interchange.visit_json import words
from quarterhour.interchange.visit_json.places import escaped, lines_and_columns, offsets
from quarterhour.interchange.visit_json.record import Doubled, convert
from quarterhour.interchange.visit_json.text import documents_of, text_of

_KEYS: Final = frozenset(one.encode_name for one in msgspec.structs.fields(Visit))
#: What may stand beside the list of visits.
_BESIDE: Final = frozenset({"format"})
#: What a JSON file that is none of ours most likely is, by a key of it.
_OTHERS: Final = (
    ("resourceType", "a FHIR resource; the command reads it from a file: quarterhour check FILE"),
    ("$schema", "a JSON schema"),
    ("findings", "a report"),
)


class ReadVisit(msgspec.Struct, frozen=True):
    """A visit and where it stands: ``pointer`` within the document, ``document`` its place among those of the file.

    ``number`` counts the visits of the file from 1, those that could not be read included.
    """

    visit: Visit
    pointer: str
    document: int = 0
    number: int = 1


class Reading(msgspec.Struct, frozen=True):
    """What was read: the visits, all that is wrong, and the documents (first line and text) to find places in."""

    visits: tuple[ReadVisit, ...]
    defects: tuple[Defect, ...]
    documents: tuple[tuple[int, str], ...] = ()

    def places(self, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], tuple[int, int]]:
        """Line and column of the values that pairs of document and JSON pointer name."""
        by_document: dict[int, list[str]] = {}
        for document, pointer in wanted:
            by_document.setdefault(document, []).append(pointer)
        found: dict[tuple[int, str], tuple[int, int]] = {}
        for document, pointers in by_document.items():
            if document < len(self.documents):
                found |= _places(document, *self.documents[document], pointers)
        return found

    def shown(self, at: tuple[int, str]) -> dict[str, str]:
        """How a report names the place of a value that a document and a JSON pointer name: by its pointer."""
        return {"pointer": at[1]}


def read(content: bytes, *, lines: bool = False, payer_needed: bool = True, day: dt.date | None = None) -> Reading:
    """Read the visit records of a file; ``day`` is the date of service of those without one.

    ``lines`` says that the file's name promises one record a line; it is recognised without that as well.

    Raises:
        Unreadable: if it is not JSON, or JSON of something else.

    """
    text = text_of(content)
    if not text.strip():
        return Reading((), ())
    documents, failures = documents_of(text, lines=lines, halves=True)
    visits: list[ReadVisit] = []
    defects: list[Defect] = [
        Defect(str(error), None, first + error.line - 1, error.column) for first, error in failures
    ]
    by_line = bool(failures) or len(documents) > 1
    failed = [first for first, _ in failures]
    count = 0
    for number, one in enumerate(documents):
        try:
            found, wrong, records = _visits(one.value, number, day, payer_needed=payer_needed, certain=one.certain)
        except Unreadable as error:
            if not by_line:
                raise
            found, wrong, records = [], [Defect(error.message, "")], 1
        before = count + bisect.bisect_left(failed, one.line)
        visits += [msgspec.structs.replace(each, number=before + each.number) for each in found] if before else found
        count += records
        places = _places(number, one.line, one.text, [slip.pointer or "" for slip in wrong])
        for slip in wrong:
            line, column = places.get((number, slip.pointer or ""), (one.line, 1))
            defects.append(Defect(slip.message, slip.pointer, line, column))
    return Reading(tuple(visits), tuple(defects), tuple((one.line, one.text) for one in documents))


def read_values(
    values: Sequence[Any] | Mapping[str, Any], *, payer_needed: bool = True, day: dt.date | None = None
) -> Reading:
    """Read visit records that are plain Python values already: one, a list, or ``{"visits": [...]}``.

    ``day`` is the date of service of those without one.

    Raises:
        Unreadable: if it is none of these.

    """
    found, wrong, _ = _visits(values, 0, day, payer_needed=payer_needed, certain=_can_be_written(values))
    return Reading(tuple(found), tuple(wrong))


def _can_be_written(values: object) -> bool:
    """Whether no text in it holds half a character; what is no JSON at all is for the types to tell."""
    try:
        msgspec.json.encode(values, enc_hook=str)
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def _visits(
    value: Any, document: int, day: dt.date | None, *, payer_needed: bool, certain: bool
) -> tuple[list[ReadVisit], list[Defect], int]:
    """The visits of a document, what is wrong in it, and how many records it has, whether they can be read or not."""
    defects: list[Defect] = []
    if isinstance(value, Mapping) and "visits" in value:
        defects += _beside(value)
        records, at = value["visits"], "/visits/{}"
        if not isinstance(records, list | tuple):
            wrong = Defect(f"expected a list of visits, got {words.kind_of(records)}", "/visits")
            return [], [*defects, wrong], 1
    elif isinstance(value, list | tuple):
        records, at = value, "/{}"
    else:
        _recognise(value)
        records, at = [value], ""
    visits = []
    for place, record in enumerate(records):
        pointer = at.format(place)
        result = convert(record, pointer, payer_needed=payer_needed, certain=certain, day=day)
        if isinstance(result, Visit):
            visits.append(ReadVisit(result, pointer, document, place + 1))
        else:
            defects += result
    return visits, defects, len(records)


def _beside(value: Mapping[Any, Any]) -> list[Defect]:
    """What is wrong with the object around a list of visits."""
    strange = [name for name in map(str, value) if name not in _BESIDE and name != "visits"]
    twice = value.twice if isinstance(value, Doubled) else []
    return [
        *(Defect(f'unknown key {words.quoted(name)} beside "visits"', f"/{escaped(name)}") for name in strange),
        *(Defect(f"the key {words.quoted(name)} stands twice in one object", f"/{escaped(name)}") for name in twice),
    ]


def _recognise(value: Any) -> None:
    """Refuse what is JSON and has nothing of a visit record.

    Raises:
        Unreadable: saying what it seems to be.

    """
    if not isinstance(value, Mapping):
        msg = f"not recognised: expected a visit record, got {words.kind_of(value)}"
        raise Unreadable(msg)
    if isinstance(value, Doubled) or not _KEYS.isdisjoint(value):
        return
    if any(words.nearest(str(key), _KEYS) for key in value):
        return
    seems = next((f" ({what})" for key, what in _OTHERS if key in value), "")
    msg = f"not recognised: JSON with no key of a visit record{seems}"
    raise Unreadable(msg)


def _places(document: int, first: int, text: str, pointers: list[str]) -> dict[tuple[int, str], tuple[int, int]]:
    if not pointers:
        return {}
    placed = lines_and_columns(text, offsets(text, pointers))
    return {(document, pointer): (first + line - 1, column) for pointer, (line, column) in placed.items()}
