"""A bundle as it is written: every resource once, with an address that depends on its content alone."""

from __future__ import annotations

import uuid
from typing import Any, Final

import msgspec

from quarterhour.interchange.fhir.systems import DATA_ABSENT, ours

Element = dict[str, Any]
_SORTED: Final = msgspec.json.Encoder(decimal_format="number", order="deterministic")
_PLAIN: Final = msgspec.json.Encoder(decimal_format="number")
#: Written again, the same visit has the same addresses.
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, ours("bundle"))


class Pen:
    """Takes resources and gives references to them. A resource that is there already is not written twice."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        self._entries: list[Element] = []
        self._known: dict[bytes, Element] = {}
        self._numbers: dict[str, int] = {}

    def add(self, kind: str, members: Element, *, once: bool = True) -> Element:
        """Write a resource and give a reference to it.

        Empty members are left out. ``once`` False writes it even if another says the same: two procedures of the same
        code and minutes are two.
        """
        content = {"resourceType": kind} | filled(members)
        key = _SORTED.encode(content)
        if once and key in self._known:
            return self._known[key]
        number = self._numbers[kind] = self._numbers.get(kind, 0) + 1
        address = f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{number} {key.decode()}')}"
        identified = {"resourceType": kind, "id": f"{kind.lower()}-{number}"} | content
        self._entries.append({"fullUrl": address, "resource": identified})
        self._known[key] = {"reference": address}
        return {"reference": address}

    def bundle(self) -> Element:
        """All that was written, as a collection."""
        return filled({"resourceType": "Bundle", "type": "collection", "entry": self._entries})


def filled(element: Element) -> Element:
    """The members of an element that hold anything: FHIR has no empty texts, lists or objects."""
    return {name: value for name, value in element.items() if value is not None and value not in ("", [], {})}


#: Stands where FHIR asks for a reference or a concept that is not known.
UNKNOWN: Final = {"extension": [{"url": DATA_ABSENT, "valueCode": "unknown"}]}


def concept(system: str, code: str | None, text: str | None = None) -> Element:
    """A CodeableConcept of one coding; of a text alone where there is no code."""
    return filled({"coding": [{"system": system, "code": code}] if code else [], "text": text})


def identifier(system: str, value: str | None, kind: tuple[str, str] | None = None) -> list[Element]:
    """An identifier in a list, as FHIR has them; an empty list for no value."""
    if not value:
        return []
    typed = {"type": concept(*kind)} if kind else {}
    return [typed | filled({"system": system, "value": value})]


def text_of(element: Element, *, indent: int = 2) -> str:
    """The JSON text of a resource; amounts are numbers with the places they have."""
    return msgspec.json.format(_PLAIN.encode(element), indent=indent).decode()
