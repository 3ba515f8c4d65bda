"""What the columns of a table of service lines are called.

They are the keys of the visit record: those of a record inside it follow its name and an underscore (``patient_id``,
``plan_of_care_certified_on``; a dot will do as well), those of a service stand by themselves (``code``, ``minutes``).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from quarterhour.domain.columns import Scalar, scalars
from quarterhour.domain.visit import Modifier, Pointer, Service, Visit
from quarterhour.interchange.visit_json import words

#: Values of a list stand in one cell, parted by blanks, commas or semicolons, or in a list column.
LISTS: Final[Mapping[str, tuple[str, Any]]] = {
    "modifiers": ("modifiers", Modifier),
    "diagnosis_pointers": ("diagnosis_pointers", Pointer),
    "plan_of_care_diagnoses": ("plan_of_care.diagnoses", str),
}
#: A column each for the modifiers of a line, as claims have them.
MODIFIERS: Final = tuple(f"modifier_{place}" for place in range(1, 5))
INTERVALS: Final = "intervals"
VISIT_ID: Final = "visit_id"
PATIENT_ID: Final = "patient_id"
#: What cannot stand in a cell: objects of texts.
_NO_CELL: Final = (".address",)


class Named(msgspec.Struct, frozen=True):
    """A column of the table that holds one value: its name there, the record's column, and what makes it an integer."""

    name: str
    column: str
    hint: Any
    encode: Callable[..., int]


@functools.cache
def of_visit() -> Mapping[str, Named]:
    """The columns that speak of the visit, by name."""
    return _named(scalars(Visit))


@functools.cache
def of_service() -> Mapping[str, Named]:
    """The columns that speak of the line, by name."""
    return _named(scalars(Service))


@functools.cache
def known_columns() -> tuple[str, ...]:
    """The names of all columns there may be."""
    return (*of_visit(), *of_service(), *LISTS, *MODIFIERS, INTERVALS)


def plain(name: str) -> str:
    """A column's name as it is looked up: small letters, and an underscore for a dot or blank."""
    return name.strip().lower().replace(".", "_").replace(" ", "_")


def unknown_columns(names: Iterable[str]) -> dict[str, str | None]:
    """The names that are none of ours, each with the known one that is most like it, None if none is."""
    known = known_columns()
    return {name: words.nearest(name, known) for name in names if plain(name) not in known}


def _named(columns: Iterable[Scalar]) -> dict[str, Named]:
    return {
        name: Named(name, one.name, one.hint, one.encode)
        for one in columns
        if not one.name.endswith(_NO_CELL)
        for name in [one.name.replace(".", "_")]
    }
