"""A column of cells as integers: each different value is read once, by the type the visit record has there."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Callable
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quarterhour.domain.columns import ABSENT, IntArray, Texts
from quarterhour.domain.errors import DomainError
from quarterhour.domain.json import from_builtins
from quarterhour.interchange.visit_json import words

#: Ordinal of 1970-01-01, where Arrow begins to count days.
EPOCH: Final = dt.date(1970, 1, 1).toordinal()
_INT: Final = np.iinfo(np.int64)


class Wrong(msgspec.Struct, frozen=True):
    """Rows of a column whose value cannot be read, and why."""

    rows: IntArray
    column: str
    message: str


class Cells(msgspec.Struct, frozen=True):
    """A column of text: for every row a place in ``values``, ABSENT for an empty cell."""

    places: IntArray
    values: list[str]


def cells(column: pa.ChunkedArray) -> Cells:
    """The different texts of a column, blanks at their ends taken off; a number or a date as it is written."""
    array = column.unify_dictionaries().combine_chunks()
    if not pa.types.is_dictionary(array.type):
        if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
            array = array.cast(pa.string())
        array = array.dictionary_encode()
    places = array.indices.cast(pa.int64()).fill_null(ABSENT).to_numpy(zero_copy_only=False)
    given = array.dictionary.cast(pa.string())
    trimmed = pc.utf8_trim_whitespace(given)
    values = trimmed.to_pylist()
    if trimmed.equals(given) and not pc.any(pc.equal(pc.utf8_length(given), 0)).as_py():
        return Cells(places, values)
    distinct = {value: place for place, value in enumerate(dict.fromkeys(value for value in values if value))}
    moved = np.array([distinct.get(value, ABSENT) for value in values] or [ABSENT], dtype=np.int64)
    return Cells(np.where(places == ABSENT, ABSENT, moved[places]), list(distinct))


def integers(
    name: str, column: pa.ChunkedArray, hint: Any, encode: Callable[..., int], texts: Texts, wrong: list[Wrong]
) -> IntArray:
    """The integers of a column by the codec of its type; rows that cannot be read are ABSENT and added to ``wrong``."""
    kind = column.type
    if pa.types.is_null(kind):
        return np.full(len(column), ABSENT)
    if hint is dt.date and (pa.types.is_date(kind) or pa.types.is_timestamp(kind)):
        days = column.cast(pa.date32(), safe=False).cast(pa.int32())
        return np.where(_nulls(column), ABSENT, _numbers(days) + EPOCH)
    if _plain(hint) is int and pa.types.is_integer(kind):
        return _whole(name, column, hint, wrong)
    return _read(name, cells(column), hint, encode, texts, wrong)


def _read(
    name: str, column: Cells, hint: Any, encode: Callable[..., int], texts: Texts, wrong: list[Wrong]
) -> IntArray:
    """Read each different text by the type and look the rows up among them."""
    plain = _plain(hint)
    numbers = np.full(len(column.values) + 1, ABSENT)
    if hint is str:
        numbers[:-1] = [texts.position(text) for text in column.values]
        return numbers[column.places]
    for place, text in enumerate(column.values):
        value: Any = _whole_of(text) if plain is int else text
        try:
            numbers[place] = encode(from_builtins(value, hint), texts)
        except (msgspec.ValidationError, DomainError):
            rows = np.flatnonzero(column.places == place)
            wrong.append(Wrong(rows, name, words.wrong(hint, value, name)))
    return numbers[column.places]


def identifiers(column: pa.ChunkedArray, texts: Texts) -> IntArray:
    """The positions of a column that is shown and never compared with another: its texts are added as they are."""
    found = cells(column)
    begin = len(texts.values)
    texts.values.extend(found.values)
    return np.where(found.places == ABSENT, ABSENT, begin + found.places)


def _whole(name: str, column: pa.ChunkedArray, hint: Any, wrong: list[Wrong]) -> IntArray:
    nulls = _nulls(column)
    numbers = np.where(nulls, ABSENT, _numbers(column))
    least, most = _bounds(hint)
    for value in np.unique(numbers[~nulls & ((numbers < least) | (numbers > most))]).tolist():
        rows = np.flatnonzero(~nulls & (numbers == value))
        wrong.append(Wrong(rows, name, words.wrong(hint, value, name)))
        numbers[rows] = ABSENT
    return numbers


def _plain(hint: Any) -> Any:
    return typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint


def _bounds(hint: Any) -> tuple[int, int]:
    meta = next((one for one in typing.get_args(hint)[1:] if isinstance(one, msgspec.Meta)), msgspec.Meta())
    least, most = (_INT.min if meta.ge is None else int(meta.ge)), (_INT.max if meta.le is None else int(meta.le))
    return least, most


def _whole_of(text: str) -> int | str:
    digits = text.removesuffix(".0")
    return int(digits) if digits.removeprefix("-").isdecimal() and len(digits) < 18 else text


def _nulls(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(pc.is_null(column).to_numpy())


def _numbers(column: pa.ChunkedArray) -> IntArray:
    return np.asarray(column.fill_null(0).to_numpy()).astype(np.int64)
