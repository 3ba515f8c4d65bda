"""Tables from rows, and tables without any, for batches in which nothing could stand in them."""

from __future__ import annotations

import functools
import typing
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar

import msgspec
import numpy as np

from quarterhour.rules.facts import BoolArray, IntArray

_Table = TypeVar("_Table", bound=msgspec.Struct)
_NUMBERS: Final = np.zeros(0, dtype=np.int64)
_TRUTHS: Final = np.zeros(0, dtype=np.bool_)


def columns_of(rows: Sequence[Sequence[int]]) -> Iterable[IntArray]:
    """Rows, of which there is one, as columns."""
    return np.array(rows, dtype=np.int64).T.copy()


def blank(table: type[_Table], **names: tuple[str, ...]) -> _Table:
    """A table of that type without rows; ``names`` are the keys of its columns that are mappings."""
    return typing.cast("_Table", _blank(table, **names))


@functools.cache
def _blank(table: type[msgspec.Struct], **names: tuple[str, ...]) -> msgspec.Struct:
    columns: dict[str, Any] = {}
    for name, hint in typing.get_type_hints(table).items():
        nothing = _TRUTHS if hint == BoolArray else _NUMBERS
        columns[name] = dict.fromkeys(names[name], nothing) if name in names else nothing
    return table(**columns)
