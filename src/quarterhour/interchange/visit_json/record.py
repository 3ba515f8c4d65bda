"""One visit record as plain JSON values -> a visit, or everything that is wrong with it."""

from __future__ import annotations

import copy
import datetime as dt
import types
import typing
from collections.abc import Iterator
from typing import Any, Final, TypeVar

import msgspec

from quarterhour.domain.errors import DomainError
from quarterhour.domain.json import from_builtins
from quarterhour.domain.people import ADDRESS_KEYS
from quarterhour.domain.plural import article
from quarterhour.domain.visit import Visit
from quarterhour.interchange.errors import Defect
from quarterhour.interchange.visit_json import words
from quarterhour.interchange.visit_json.places import escaped

#: Places of a procedure code and of a modifier; a final line feed slips past the pattern of the type.
_CODE_PLACES: Final = 5
_MODIFIER_PLACES: Final = 2


_ADDRESSES: Final = frozenset({"address", "payer_address"})

R = TypeVar("R", bound=msgspec.Struct)


class Doubled(dict[str, Any]):
    """A JSON object in which some keys stand twice; ``twice`` names them."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        """Keep the last value of each key, as JSON readers do, and remember which were lost."""
        super().__init__(pairs)
        keys = [key for key, _ in pairs]
        self.twice = sorted({key for key in keys if keys.count(key) > 1})


def convert(
    value: object, pointer: str, *, payer_needed: bool, certain: bool = True, day: dt.date | None = None
) -> Visit | list[Defect]:
    """Read one visit record.

    ``pointer`` is where it stands in its document. ``payer_needed`` says that there is no default payer; ``certain``
    that no key of the document stands twice and no text holds half a character, so that the fast way will do.

    ``day`` is the date of service of a record without one.

    Returns the visit, or all that is wrong with it.
    """
    if day is not None and isinstance(value, dict) and value.get("date_of_service") is None:
        value = copy.copy(value)
        value["date_of_service"] = day.isoformat()
    if certain:
        try:
            visit = from_builtins(value, Visit)
        except (msgspec.ValidationError, DomainError, RecursionError):
            pass
        else:
            if _complete(visit, payer_needed=payer_needed) and not _strange_addresses(visit):
                return visit
    defects = list(_all_defects(value, pointer, payer_needed=payer_needed))
    if defects:
        return defects
    try:
        return from_builtins(_without_nulls(value), Visit)
    except (msgspec.ValidationError, DomainError, RecursionError):
        return [Defect("cannot be read as a visit record", pointer)]


def record_of(value: object, wanted: type[R], key: str) -> R | list[Defect]:
    """Read a record of any type of the domain; ``key`` is what it is called in messages.

    Returns the record, or all that is wrong with it.
    """
    defects = list(_defects(value, wanted, "", key))
    return defects or from_builtins(value, wanted)


def _complete(visit: Visit, *, payer_needed: bool) -> bool:
    return (
        (bool(visit.services) or visit.note is not None)
        and not (payer_needed and visit.payer is None)
        and all(
            len(service.code) == _CODE_PLACES and all(len(one) == _MODIFIER_PLACES for one in service.modifiers)
            for service in visit.services
        )
    )


def _strange_addresses(visit: Visit) -> bool:
    """Whether an address has a key that nothing reads."""
    plan, own = visit.plan_of_care, (visit.coverage,) if visit.coverage else ()
    coverages = (*own, *(one.coverage for one in visit.other_coverages or ()))
    people = (
        visit.patient, visit.therapist, visit.assistant, visit.supervisor, visit.referring_provider,
        visit.billing_provider, plan.certified_by if plan else None, *(one.subscriber for one in coverages),
    )  # fmt: skip
    given = (*(one.address for one in people if one is not None), *(one.payer_address for one in coverages))
    return any(key not in ADDRESS_KEYS for one in given if one for key in one)


def _all_defects(value: object, pointer: str, *, payer_needed: bool) -> Iterator[Defect]:
    yield from _defects(value, Visit, pointer, "visit")
    if isinstance(value, dict):
        if value.get("services") in (None, [], ()) and value.get("note") is None:
            yield Defect("a visit needs services or a note", pointer)
        if payer_needed and value.get("payer") is None:
            yield Defect("no payer: the record names none and no default is given", pointer)


def _defects(value: object, wanted: Any, pointer: str, key: str) -> Iterator[Defect]:
    """Everything wrong with a value, each part by itself, so that one slip does not hide the next."""
    wanted, optional = _without_none(wanted)
    if value is None and optional:
        return
    described = typing.get_args(wanted)[0] if typing.get_origin(wanted) is typing.Annotated else wanted
    if (isinstance(described, type) and issubclass(described, msgspec.Struct)) or typing.get_origin(described) is tuple:
        wanted = described
    if key in _ADDRESSES and isinstance(value, dict):
        yield from _of_address(value, pointer)
    elif isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        yield from _of_object(value, wanted, pointer, key)
    elif typing.get_origin(wanted) is tuple:
        yield from _of_list(value, typing.get_args(wanted), pointer, key)
    elif isinstance(value, str) and words.HALF.search(value):
        yield Defect(words.HALF_A_CHARACTER, pointer)
    elif not _fits(value, wanted):
        yield Defect(words.wrong(wanted, value, key), pointer)


def _of_object(value: object, wanted: type[msgspec.Struct], pointer: str, key: str) -> Iterator[Defect]:
    if not isinstance(value, dict):
        yield Defect(f"expected an object ({key.replace('_', ' ')}), got {words.kind_of(value)}", pointer)
        return
    known = {field.encode_name: field for field in msgspec.structs.fields(wanted)}
    if isinstance(value, Doubled):
        for twice in value.twice:
            yield Defect(f"the key {words.quoted(twice)} stands twice in one object", f"{pointer}/{escaped(twice)}")
    for name, inner in ((str(name), inner) for name, inner in value.items()):
        at = f"{pointer}/{escaped(name)}"
        if name in known:
            if inner is None and not known[name].required:
                continue  # null says what leaving the key out says
            yield from _defects(inner, known[name].type, at, name)
        else:
            yield Defect(_unknown(name, known, key), at)
    for name, field in known.items():
        if field.required and name not in value:
            yield Defect(f"{name} is missing", pointer)


def _of_address(value: dict[Any, Any], pointer: str) -> Iterator[Defect]:
    for name, inner in ((str(name), inner) for name, inner in value.items()):
        at = f"{pointer}/{escaped(name)}"
        if name not in ADDRESS_KEYS:
            yield Defect(_unknown(name, dict.fromkeys(ADDRESS_KEYS), "address"), at)
        elif inner is not None:
            yield from _defects(inner, str, at, name)


def _of_list(value: object, of: tuple[Any, ...], pointer: str, key: str) -> Iterator[Defect]:
    if not isinstance(value, list | tuple):
        yield Defect(f"expected a list ({key.replace('_', ' ')}), got {words.kind_of(value)}", pointer)
        return
    any_number = of[-1] is Ellipsis
    if not any_number and len(value) != len(of):
        yield Defect(f'expected a start and an end such as ["09:00", "09:24"], got a list of {len(value)}', pointer)
        return
    for place, inner in enumerate(value):
        yield from _defects(inner, of[0] if any_number else of[place], f"{pointer}/{place}", _one(key))


def _without_nulls(value: Any) -> Any:
    """The value without the members that are null: where nothing is wrong, they may be left out."""
    if isinstance(value, dict):
        return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
    return [_without_nulls(one) for one in value] if isinstance(value, list | tuple) else value


def _fits(value: object, wanted: Any) -> bool:
    try:
        from_builtins(value, wanted)
    except (msgspec.ValidationError, DomainError, RecursionError):
        return False
    # A pattern of a type lets a final line feed through; a code with one is no code.
    has_form = typing.get_origin(wanted) is typing.Annotated
    return not (has_form and isinstance(value, str) and value.endswith("\n"))


def _unknown(name: str, known: dict[str, Any], key: str) -> str:
    near = words.nearest(name, known)
    hint = f"; did you mean {words.quoted(near)}?" if near else f"; known are {', '.join(known)}"
    return f"unknown key {words.quoted(name)} of {article(key)} {key.replace('_', ' ')}{hint}"


def _one(key: str) -> str:
    """What one element of the list of that name is called."""
    return key.removesuffix("s") if key != "diagnoses" else "diagnosis"


def _without_none(wanted: Any) -> tuple[Any, bool]:
    if typing.get_origin(wanted) in {typing.Union, types.UnionType}:
        (kind,) = (part for part in typing.get_args(wanted) if part is not type(None))
        return kind, True
    return wanted, False
