"""The columns of a table of visits (``interchange.tabular``) by the columns of the record they fill."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from quarterhour.domain.clock import Clock
from quarterhour.domain.columns import scalars
from quarterhour.domain.visit import Goal, Modifier, Pointer, Service, Visit
from quarterhour.interchange.tabular.columns import MODIFIERS, VISITS
from quarterhour.interchange.tabular.mapping import Mapping as Mapped
from quarterhour.interchange.tabular.mapping import Source
from quarterhour.interchange.visit_json import words

VISIT_ID: Final = VISITS.key
PATIENT_ID: Final = "patient_id"
_OF_ROW: Final = f"{VISITS.rows}.*."
#: The types of the lists there are columns of, by their place in the record.
_LISTS: Final[Mapping[str, Any]] = {
    "modifiers": tuple[Modifier, ...],
    "diagnosis_pointers": tuple[Pointer, ...],
    "intervals": tuple[tuple[Clock, Clock], ...],
    "plan_of_care.diagnoses": tuple[str, ...],
    "plan_of_care.goals": tuple[Goal, ...],
}


class Named(msgspec.Struct, frozen=True):
    """A column of the table, the record's column, the type of its values, and what makes one of them an integer.

    ``encode`` is None for lists.
    """

    name: str
    column: str
    hint: Any
    source: Source
    encode: Callable[..., int] | None = None


@functools.cache
def of_visit() -> Mapping[str, Named]:
    """The columns that hold one value of the visit, by name."""
    return {name: one for name, one in _named(Visit, of_row=False).items() if one.encode}


@functools.cache
def of_service() -> Mapping[str, Named]:
    """The columns that hold one value of the line, by name."""
    return {name: one for name, one in _named(Service, of_row=True).items() if one.encode}


@functools.cache
def of_lists() -> Mapping[str, Named]:
    """The columns that hold several values, of the visit or of the line, by name."""
    every = _named(Visit, of_row=False) | _named(Service, of_row=True)
    return {name: one for name, one in every.items() if one.encode is None}


@functools.cache
def known_columns() -> tuple[str, ...]:
    """The names of all columns that are read."""
    return (*of_visit(), *of_service(), *of_lists(), *MODIFIERS)


def columns_for(columns: Iterable[str]) -> frozenset[str]:
    """The names of the table's columns that fill some columns of the record; one that ends in a dot stands for all
    that begin so.
    """
    wanted = tuple(columns)
    begins = tuple(column for column in wanted if column.endswith("."))
    every = {**of_visit(), **of_service(), **of_lists()}
    found = {name for name, one in every.items() if one.column in wanted or one.column.startswith(begins)}
    return frozenset(found | set(MODIFIERS)) if "modifiers" in wanted else frozenset(found)


def plain(name: str) -> str:
    """A column's name as it is looked up."""
    return name.strip().lower()


def unknown_columns(names: Iterable[str], mapping: Mapped | None = None) -> dict[str, str | None]:
    """The names that are none of ours, each with the known one that is most like it, None if none is."""
    # Addresses have columns that no rule reads.
    known = (*VISITS.by_name, *MODIFIERS)
    strange = [name for name in names if plain(name) not in known]
    if mapping:
        strange = [name for name in strange if mapping.source(name) is None and name not in mapping.ignore]
    return {name: words.nearest(name, known) for name in strange}


def _named(record: type[msgspec.Struct], *, of_row: bool) -> dict[str, Named]:
    encoders = {one.name: one for one in scalars(record)}
    found = {}
    for column in VISITS.columns:
        if column.of_row != of_row:
            continue
        path = column.path.removeprefix(_OF_ROW)
        # The record's key of an accrued amount is not its attribute's name.
        path = {"accrued.PT+SLP": "accrued.pt_slp", "accrued.OT": "accrued.ot"}.get(path, path)
        if path in _LISTS:
            found[column.name] = Named(column.name, path, _LISTS[path], Source(column))
        elif path in encoders:
            one = encoders[path]
            found[column.name] = Named(column.name, path, one.hint, Source(column), one.encode)
    return found
