"""Codes and identifiers by their systems, dates and quantities: what FHIR's data types say of a record's members."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.interchange.fhir.reading.node import Node
from quarterhour.interchange.fhir.systems import IDENTIFIER_TYPE, MINUTES, UCUM, is_of

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
#: FHIR's dateTime: a year, a month, a day, or a day with its time; the zone may be left out. A leap second is one.
_DATE_TIME: Final = re.compile(
    r"\d{4}(?:-\d{2}(?:-\d{2}"
    r"(?:T((?:[01]\d|2[0-3]):[0-5]\d)(?::(?:[0-5]\d|60)(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?",
    re.ASCII,
)
_NO_TIME: Final = "expected a time such as 2026-03-04T09:24:00-06:00"
#: Minutes of a quantity in these units.
_UNITS: Final = {MINUTES: 1, "h": 60, "s": None, "minute": 1, "minutes": 1, "hour": 60, "hours": 60}
_SECONDS: Final = frozenset({"s", "second", "seconds"})
_MINUTE: Final = 60


def code_of(concept: Node | None, *systems: str) -> Node | None:
    """The code of a CodeableConcept in the first of these systems that it has one of."""
    if concept is None:
        return None
    codings = concept.objects("coding")
    for system in systems:
        for coding in codings:
            if is_of(coding.peek("system"), system) and (found := code_of_coding(coding, system)):
                return found
    return None


def code_of_coding(coding: Node, *systems: str) -> Node | None:
    """The code of a Coding, if it is of one of these systems; its display is not needed."""
    if not any(is_of(coding.peek("system"), system) for system in systems):
        return None
    for name in ("system", "display", "version", "userSelected"):
        coding.log.read.add((coding.document, f"{coding.pointer}/{name}"))
    return coding.simple("code")


def codes_of(concepts: list[Node], *systems: str) -> list[Node]:
    """The codes of CodeableConcepts in these systems; a concept with none of them is left out."""
    return [found for one in concepts if (found := code_of(one, *systems))]


def identified(node: Node, system: str = "", kind: str = "") -> Node | None:
    """The value of an identifier of a system, or of a type of HL7's table 0203; of any where neither is named."""
    for one in node.objects("identifier"):
        types = (one.get("type") or one).objects("coding")
        typed = any(c.peek("system") == IDENTIFIER_TYPE and c.peek("code") == kind for c in types)
        of_system = is_of(one.peek("system"), system)
        if (system and of_system) or (kind and typed and not system) or not (system or kind):
            one.used()
            return one.simple("value")
    return None


def day_of(node: Node | None) -> str | None:
    """The day of a date or dateTime as it is written; of a mere month or year none, which is a defect.

    What follows the day and is no time of day is a defect too; the day stands.
    """
    if node is None:
        return None
    match = _DAY.match(node.value) if isinstance(node.value, str) else None
    if match is None:
        node.defect("expected a whole date such as 2026-03-04")
        return None
    clock_of(node)
    return match[0]


def clock_of(node: Node | None) -> str | None:
    """The time of day of a dateTime as it is written, seconds left out; None where there is none.

    What is neither a date nor a time is a defect.
    """
    if node is None:
        return None
    match = _DATE_TIME.fullmatch(node.value) if isinstance(node.value, str) else None
    if match is None:
        node.defect(_NO_TIME)
    return match[1] if match else None


def minutes_of(quantity: Node | None) -> tuple[int | float | None, Node | None]:
    """The minutes of a Duration or Quantity, and where they stand; in a unit that is no time none, a defect."""
    number = quantity.simple("value") if quantity else None
    if quantity is None or number is None:
        return None, None
    unit = str(quantity.text("code") or quantity.text("unit") or "")
    for name in ("system", "unit", "code"):
        quantity.log.read.add((quantity.document, f"{quantity.pointer}/{name}"))
    if isinstance(number.value, str):
        number.defect("expected a number of minutes")
        return None, None
    if unit in _SECONDS:
        # Seconds are never rounded up into a minute.
        return int(number.value // _MINUTE), number
    factor = _UNITS.get(unit)
    if factor is None:
        number.defect(f'expected a duration in minutes ("code": "{MINUTES}", "system": "{UCUM}")')
        return None, None
    product = number.value * factor
    return (int(product) if product == int(product) else product), number
