"""What FHIR has no element for, as extensions with names of ours: a value, or a record with one extension a member."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

import msgspec

from quarterhour.domain.clock import Clock
from quarterhour.domain.money import Cents
from quarterhour.interchange.fhir.systems import MINUTES, UCUM, USD, ours

Element = dict[str, Any]


def extensions(**values: Any) -> list[Element]:
    """One extension for every value that there is, named for its keyword; several for a list."""
    return [
        {"url": ours(name)} | filled
        for name, value in values.items()
        for one in _each(value)
        if (filled := _filled(one))
    ]


def referring(name: str, reference: Element | None) -> list[Element]:
    """An extension that points at a resource; none for no reference."""
    return [{"url": ours(name), "valueReference": reference}] if reference else []


def duration(minutes: int) -> Element:
    """Minutes as a quantity."""
    return {"value": minutes, "unit": MINUTES, "system": UCUM, "code": MINUTES}


def money(amount: Cents) -> Element:
    """An amount of US dollars; its number in JSON has the two places of the amount."""
    return {"value": Decimal(str(amount)), "currency": USD}


def details(name: str, record: msgspec.Struct, *names: str) -> list[Element]:
    """The members of a record of these names in one extension, ``name`` and "details"; none where all are absent.

    A member that has its default is absent, as in the record's JSON.
    """
    kept = [field for field in msgspec.structs.fields(record) if field.name in names]
    return members_of(
        f"{name}_details",
        {
            field.encode_name: value
            for field in kept
            if (value := getattr(record, field.name)) is not None and (field.required or value != field.default)
        },
    )


def members_of(name: str, values: Mapping[str, Any], *others: Element) -> list[Element]:
    """Values by name as extensions within one, with others already written; none where there are none."""
    parts = [*_members(values.items()), *others]
    return [{"url": ours(name), "extension": parts}] if parts else []


def _members(values: Iterable[tuple[str, Any]]) -> list[Element]:
    return [{"url": name} | filled for name, value in values for one in _each(value) if (filled := _filled(one))]


def _each(value: Any) -> Iterable[Any]:
    """The values of a list of any length; a pair is one value."""
    return value if isinstance(value, list | tuple) and not isinstance(value, _Pair) else (value,)


class _Pair(tuple[Any, ...]):
    """A start and an end, or a qualifier and a code: simple values that belong together."""

    __slots__ = ()


def pairs(values: Iterable[tuple[Any, Any]]) -> list[_Pair]:
    """Pairs, each to stand in one extension with the parts ``first`` and ``second``."""
    return [_Pair(one) for one in values]


def _filled(value: Any) -> Element:
    """The ``value[x]`` or the parts of an extension; nothing for what FHIR cannot hold."""
    if isinstance(value, _Pair):
        named = zip(("first", "second"), value, strict=True)
        return {"extension": [{"url": name} | _filled(one) for name, one in named]}
    if isinstance(value, msgspec.Struct):
        value = {
            field.encode_name: inner
            for field in msgspec.structs.fields(value)
            if (inner := getattr(value, field.name)) is not None
        }
    if isinstance(value, dict):
        return {"extension": parts} if (parts := _members(value.items())) else {}
    return _simple(value)


def _simple(value: Any) -> Element:
    for kind, write in _SIMPLE:
        if isinstance(value, kind):
            return write(value)
    return {}


def _number(value: float) -> Element:
    return {"valueDecimal": value} if math.isfinite(value) else {}


def _text(value: str) -> Element:
    """An empty text is not allowed in FHIR."""
    return {"valueString": value} if value else {}


#: The first kind that a value is of decides: amounts and times of day are whole numbers as well.
_SIMPLE: Final[tuple[tuple[type, Callable[[Any], Element]], ...]] = (
    (Cents, lambda value: {"valueMoney": money(value)}),
    (Clock, lambda value: {"valueTime": f"{value}:00"}),
    (bool, lambda value: {"valueBoolean": value}),
    (int, lambda value: {"valueInteger": value}),
    (float, _number),
    # A time without its zone is no dateTime.
    (dt.datetime, lambda value: {"valueString": value.isoformat()}),
    (dt.date, lambda value: {"valueDate": value.isoformat()}),
    (str, _text),
)
