"""Read FHIR R4: a bundle, a resource, a list of them, or one a line, as visits and claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.visit import Visit
from quarterhour.interchange.errors import Defect, NotFhir
from quarterhour.interchange.fhir.reading.claims import claims
from quarterhour.interchange.fhir.reading.left import NotCarried, not_carried
from quarterhour.interchange.fhir.reading.node import Log, Place
from quarterhour.interchange.fhir.reading.part import Part
from quarterhour.interchange.fhir.reading.resources import Resource, Resources
from quarterhour.interchange.fhir.reading.visits import visits
from quarterhour.interchange.visit_json.places import lines_and_columns, offsets
from quarterhour.interchange.visit_json.record import Doubled, convert, record_of
from quarterhour.interchange.visit_json.text import Document, documents_of, text_of


class Read(msgspec.Struct, frozen=True):
    """A visit or claim, and where in the file each of its parts stands; ``places`` by pointer within the record.

    ``number`` counts those of the file from 1, with those that could not be read.
    """

    value: Any
    places: dict[str, Place]
    number: int = 1

    def place(self, pointer: str = "") -> Place:
        """Where a part of the record stands, or else the nearest part around it."""
        while pointer and pointer not in self.places:
            pointer = pointer.rpartition("/")[0]
        return self.places[pointer]


class FhirFile(msgspec.Struct, frozen=True):
    """What was read of a file. ``joined`` are the claims, by place, whose lines belong to encounters of the visits.

    ``documents`` have the first line and the text of each; ``roots`` the type of their resource.
    """

    visits: tuple[Read, ...]
    claims: tuple[Read, ...]
    defects: tuple[Defect, ...]
    not_carried: tuple[NotCarried, ...]
    documents: tuple[tuple[int, str], ...]
    roots: tuple[str, ...]
    joined: frozenset[int]

    @property
    def claim_lines(self) -> int:
        """How many lines its claims have, beside those that are services of its visits."""
        return sum(len(one.value.lines) for number, one in enumerate(self.claims) if number not in self.joined)


def is_fhir(value: Any) -> bool:
    """Whether a JSON value is a FHIR resource, or a list of them."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, Mapping) and isinstance(first.get("resourceType"), str)


def read(content: bytes, *, lines: bool = False, payer_needed: bool = True, day: dt.date | None = None) -> FhirFile:
    """Read the visits and claims of a file. One resource that is wrong does not stop the others.

    ``day`` is the date of service of visits without one. ``lines`` says that the file's name promises one resource a
    line; it is recognised without that as well.

    Raises:
        NotFhir: if it is JSON without a FHIR resource.
        Unreadable: if it is not JSON.

    """
    documents, failures = documents_of(text_of(content), lines=lines)
    if not any(is_fhir(one.value) for one in documents):
        raise NotFhir('not recognised: JSON without a FHIR resource (an object with "resourceType")')
    log = Log()
    resources = Resources(log)
    doubled: list[tuple[int, Defect]] = []
    for number, one in enumerate(documents):
        listed = isinstance(one.value, list)
        for place, value in enumerate(one.value if listed else [one.value]):
            resources.add(value, number, f"/{place}" if listed else "")
        doubled += [] if one.certain else [(number, defect) for defect in _twice(one.value, "")]
    found: list[Read] = []
    of_claims: list[Read] = []
    wrong: list[tuple[int, Defect]] = []
    for nth, (resource, part) in enumerate(visits(resources), 1):
        record, defects = _visit(resource, part, day, payer_needed=payer_needed)
        found += [msgspec.structs.replace(record, number=nth)] if record else []
        wrong += defects
    joined = set()
    for resource, part in claims(resources):
        claim, defects = _claim(resource, part)
        if claim is not None:
            if _is_joined(resource):
                joined.add(len(of_claims))
            of_claims.append(claim)
        wrong += defects
    placed = [(document, Defect(message, pointer)) for (document, pointer), message in log.defects]
    defects_placed = _with_lines(documents, [*doubled, *placed, *wrong])
    unreadable = [Defect(str(error), None, first + error.line - 1, error.column) for first, error in failures]
    return FhirFile(
        visits=tuple(found),
        claims=tuple(of_claims),
        defects=(*unreadable, *defects_placed),
        not_carried=tuple(not_carried(resources)),
        documents=tuple((one.line, one.text) for one in documents),
        roots=tuple(_root(one.value) for one in documents),
        joined=frozenset(joined),
    )


def expression(root: str, pointer: str) -> str:
    """A JSON pointer as a FHIRPath from the resource of the document: ``Bundle.entry[3].resource.quantity``."""
    return root + "".join(f"[{one}]" if one.isdecimal() else f".{one}" for one in pointer.split("/")[1:])


def _visit(
    resource: Resource, part: Part, day: dt.date | None, *, payer_needed: bool
) -> tuple[Read | None, list[tuple[int, Defect]]]:
    read_as = Read(None, part.places | {"": resource.node.place})
    result = convert(part.record, "", payer_needed=payer_needed, day=day)
    if isinstance(result, Visit):
        return Read(result, read_as.places), []
    return None, [_moved(one, read_as) for one in result]


def _claim(resource: Resource, part: Part) -> tuple[Read | None, list[tuple[int, Defect]]]:
    read_as = Read(None, part.places | {"": resource.node.place})
    result = record_of(part.record, Claim, "claim")
    if isinstance(result, Claim):
        return Read(result, read_as.places), []
    return None, [_moved(one, read_as) for one in result]


def _moved(defect: Defect, record: Read) -> tuple[int, Defect]:
    """A defect of a record at the place in the file its value came from."""
    document, pointer = record.place(defect.pointer or "")
    return document, Defect(defect.message, pointer)


def _is_joined(claim: Resource) -> bool:
    items = claim.node.value.get("item")
    return isinstance(items, list) and bool(items) and all(isinstance(i, Mapping) and i.get("encounter") for i in items)


def _twice(value: Any, pointer: str) -> Iterator[Defect]:
    """Objects with a key that stands twice: one of its values is lost."""
    if isinstance(value, Doubled):
        yield Defect("a key stands twice in this object; only the last counts", pointer)
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in members:
        yield from _twice(inner, f"{pointer}/{name}")


def _with_lines(documents: list[Document], defects: list[tuple[int, Defect]]) -> list[Defect]:
    """The defects with line and column, in the order of the file."""
    placed: list[Defect] = []
    for number, one in enumerate(documents):
        of_document = [defect for document, defect in defects if document == number]
        pointers = {defect.pointer or "" for defect in of_document}
        where = lines_and_columns(one.text, offsets(one.text, pointers)) if pointers else {}
        for defect in of_document:
            line, column = where.get(defect.pointer or "", (1, 1))
            placed.append(Defect(defect.message, defect.pointer, one.line + line - 1, column))
    return placed


def _root(value: Any) -> str:
    return str(value.get("resourceType", "")) if isinstance(value, Mapping) else ""
