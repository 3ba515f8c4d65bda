"""Visits and claims as a FHIR R4 bundle, and what of them FHIR could not carry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.json import to_builtins
from quarterhour.domain.settlement import Settled
from quarterhour.domain.visit import Visit
from quarterhour.interchange.fhir.reader import FhirFile, Read, read
from quarterhour.interchange.fhir.writing.benefits import explanation
from quarterhour.interchange.fhir.writing.claims import claim
from quarterhour.interchange.fhir.writing.pen import Element, Pen, text_of
from quarterhour.interchange.fhir.writing.visits import encounter


class Lost(msgspec.Struct, frozen=True):
    """A part of a visit or claim that does not come back as it was: which one, from 0, and its JSON pointer."""

    number: int
    pointer: str


class Written(msgspec.Struct, frozen=True):
    """A bundle, and what of the records it does not carry."""

    bundle: Element
    lost: tuple[Lost, ...]

    @property
    def text(self) -> str:
        """The JSON text of the bundle."""
        return text_of(self.bundle) + "\n"


def write_visits(visits: Sequence[Visit]) -> Written:
    """Visits as a bundle of type collection.

    What is lost is found by reading the bundle again: what does not come back as it was is told, and nothing else.
    """
    pen = Pen()
    for visit in visits:
        encounter(pen, visit)
    bundle = pen.bundle()
    return Written(bundle, tuple(_lost(visits, _read_back(bundle).visits)))


def write_claims(claims: Sequence[Claim], created: dt.date) -> Written:
    """Claims as a bundle of type collection, lost as in :func:`write_visits`. ``created`` is the day of writing."""
    pen = Pen()
    for one in claims:
        claim(pen, one, created)
    bundle = pen.bundle()
    return Written(bundle, tuple(_lost(claims, _read_back(bundle).claims)))


def write_explanations(settled: Sequence[Settled]) -> Element:
    """What payers have said of claims, as a bundle of ExplanationOfBenefit and what these refer to."""
    pen = Pen()
    for one in settled:
        explanation(pen, one)
    return pen.bundle()


def _read_back(bundle: Element) -> FhirFile:
    return read(text_of(bundle, indent=0).encode(), payer_needed=False)


def _lost(given: Sequence[Visit | Claim], back: Sequence[Read]) -> Iterator[Lost]:
    for number, one in enumerate(given):
        again = to_builtins(back[number].value) if number < len(back) else {}
        for pointer in _differing(to_builtins(one), again, ""):
            yield Lost(number, pointer)


def _differing(one: Any, other: Any, pointer: str) -> Iterator[str]:
    """The pointers of what differs, as deep as the two have the same shape."""
    if one == other:
        return
    if isinstance(one, dict) and isinstance(other, dict):
        for name in one.keys() | other.keys():
            yield from _differing(one.get(name), other.get(name), f"{pointer}/{name}")
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        for place, pair in enumerate(zip(one, other, strict=True)):
            yield from _differing(*pair, f"{pointer}/{place}")
    else:
        yield pointer
