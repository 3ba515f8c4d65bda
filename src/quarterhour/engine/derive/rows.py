"""Tables from rows, and tables without any, for batches in which nothing could stand in them."""

from __future__ import annotations

import functools
import typing
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

import msgspec
import numpy as np

from quarterhour.rules.facts import BoolArray, IntArray

_Table = TypeVar("_Table", bound=msgspec.Struct)
_NO_NUMBERS: Final = np.zeros(0, dtype=np.int64)
_NO_TRUTHS: Final = np.zeros(0, dtype=np.bool_)


def columns_of(rows: Sequence[Mapping[str, int]]) -> dict[str, IntArray]:
    """Rows, of which there is one, as columns by name; every row has the names of the first, in its order."""
    return dict(zip(rows[0], np.array([list(row.values()) for row in rows], dtype=np.int64).T.copy(), strict=True))


def filled(table: type[_Table], columns: Mapping[str, IntArray], **others: Any) -> _Table:
    """A table of that type from ``columns`` of numbers, which in its columns of truths are 0 and 1, and ``others``."""
    truths = _truths(table)
    return table(**{name: column > 0 if name in truths else column for name, column in columns.items()}, **others)


@functools.cache
def _truths(table: type[msgspec.Struct]) -> frozenset[str]:
    return frozenset(name for name, hint in typing.get_type_hints(table).items() if hint == BoolArray)


def blank(table: type[_Table], **names: tuple[str, ...]) -> _Table:
    """A table of that type without rows; ``names`` are the keys of its columns that are mappings."""
    return typing.cast("_Table", _blank(table, **names))


@functools.cache
def _blank(table: type[msgspec.Struct], **names: tuple[str, ...]) -> msgspec.Struct:
    columns: dict[str, Any] = {}
    truths = _truths(table)
    for name in table.__struct_fields__:
        nothing = _NO_TRUTHS if name in truths else _NO_NUMBERS
        columns[name] = dict.fromkeys(names[name], nothing) if name in names else nothing
    return table(**columns)
