"""FHIR files among the inputs of a check: their visits and claims, and where in the file each part of these stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Visit
from quarterhour.interchange.fhir.reader import FhirFile, expression
from quarterhour.interchange.fhir.reader import read as read_fhir
from quarterhour.interchange.visit_json import Reading, ReadVisit, shown_pointer
from quarterhour.interchange.visit_json.places import lines_and_columns, offsets
from quarterhour.policy import Policy
from quarterhour.workflows.claim_places import Subject
from quarterhour.workflows.claim_visits import discipline_of
from quarterhour.workflows.given_claims import Claims, GivenClaim


class FhirReading(Reading, frozen=True):
    """What was read of a FHIR file: a visit's ``document`` is its place among ``file.visits``."""

    file: FhirFile | None = None

    def places(self, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], tuple[int, int]]:
        """Line and column of the elements the parts of visits came from."""
        if self.file is None:
            return {}
        asked = {one: self.file.visits[one[0]].place(one[1]) for one in wanted}
        found = _lines(self.file, asked.values())
        return {one: found[place] for one, place in asked.items() if place in found}

    def shown(self, at: tuple[int, str]) -> dict[str, str]:
        """Pointer and FHIRPath of the element a part of a visit came from."""
        return {} if self.file is None else _shown(self.file, self.file.visits[at[0]].place(at[1]))


class FhirPlace(msgspec.Struct, frozen=True):
    """A claim of a FHIR file: its place among those of the file."""

    claim: int
    file: FhirFile

    def number(self, line: int) -> int:
        """Every item is a line."""
        return line + 1

    def where(self, subject: Subject) -> dict[str, Any]:
        """Pointer, FHIRPath, line and column of the item, or of the claim, a finding is about."""
        pointer = subject.pointer if subject.line is None else f"/lines/{subject.line}"
        place = self.file.claims[self.claim].place(pointer)
        lines = _lines(self.file, [place]).get(place)
        return _shown(self.file, place) | (dict(zip(("line", "column"), lines, strict=True)) if lines else {})


class ElementPlace(msgspec.Struct, frozen=True, tag="fhir", array_like=True):
    """As :class:`FhirPlace` without the file: the FHIRPath of each part of the claim, by its pointer."""

    elements: dict[str, str]

    def number(self, line: int) -> int:
        """Every item is a line."""
        return line + 1

    def where(self, subject: Subject) -> dict[str, Any]:
        """The FHIRPath of the part that has one, or of the nearest around it."""
        pointer = subject.pointer if subject.line is None else f"/lines/{subject.line}"
        while pointer and pointer not in self.elements:
            pointer = pointer.rpartition("/")[0]
        return {"expression": self.elements[pointer]}


def fhir_reading(
    content: bytes, policy: Policy | None, *, lines: bool, payer_needed: bool, day: dt.date | None = None
) -> FhirReading:
    """The visits of a FHIR file; its claims are in ``file``. ``day`` is the date of service of visits without one.

    A visit without a discipline has that of the GP, GO or GN of its lines, where they agree.

    Raises:
        NotFhir: if there is no FHIR resource in it.
        Unreadable: if it is not JSON.

    """
    file = read_fhir(content, lines=lines, payer_needed=payer_needed, day=day)
    visits = tuple(
        ReadVisit(_with_discipline(one.value, policy), "", place, one.number) for place, one in enumerate(file.visits)
    )
    return FhirReading(visits, file.defects, file.documents, file)


def claims_of_fhir(file: FhirFile) -> Claims:
    """The claims of a FHIR file. Visits that are in it with all their record holds are judged as these."""

    def given() -> Iterator[GivenClaim]:
        for number, one in enumerate(file.claims):
            yield GivenClaim(number, one.value, FhirPlace(number, file), alone=number not in file.joined)

    return Claims(0, given)


def element_place(file: FhirFile, claim: int) -> ElementPlace:
    """The place of a claim that is to be known without the file."""
    places = file.claims[claim].places
    return ElementPlace({pointer: expression(file.roots[at], inner) for pointer, (at, inner) in places.items()})


def fhir_row(file: FhirFile) -> dict[str, Any]:
    """What an input says of a FHIR file beside its visits: its claims, and what no visit and no claim carries."""
    own = [one.value for one in file.claims]
    return {
        "claims": len(own),
        "charge": str(Cents(sum(one.charge for one in own))) if own else None,
        "not_carried": [
            {
                "element": one.element,
                "message": one.message,
                "pointer": shown_pointer(one.pointer),
                "document": one.document,
                "count": one.count,
            }
            for one in file.not_carried
        ],
    }


def _with_discipline(visit: Visit, policy: Policy | None) -> Visit:
    if visit.discipline is not None or policy is None:
        return visit
    found = {discipline_of(one, policy) for one in visit.services} - {None}
    return msgspec.structs.replace(visit, discipline=found.pop()) if len(found) == 1 else visit


def _shown(file: FhirFile, place: tuple[int, str]) -> dict[str, str]:
    document, pointer = place
    return {"pointer": pointer, "expression": expression(file.roots[document], pointer)}


def _lines(file: FhirFile, places: Iterable[tuple[int, str]]) -> dict[tuple[int, str], tuple[int, int]]:
    by_document: dict[int, set[str]] = {}
    for document, pointer in places:
        by_document.setdefault(document, set()).add(pointer)
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for document, pointers in by_document.items():
        first, text = file.documents[document]
        for pointer, (line, column) in lines_and_columns(text, offsets(text, pointers)).items():
            found[document, pointer] = first + line - 1, column
    return found
