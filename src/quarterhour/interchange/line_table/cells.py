"""A column of cells as integers: each different value is read once, by the type the visit record has there."""

from __future__ import annotations

import datetime as dt
import typing
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quarterhour.domain.columns import ABSENT, IntArray, Texts
from quarterhour.domain.errors import DomainError
from quarterhour.domain.json import from_builtins
from quarterhour.domain.money import Cents
from quarterhour.interchange.line_table.names import Named
from quarterhour.interchange.tabular.cells import BadCell, plain_value, unguarded
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


def cells(column: pa.ChunkedArray, *, verbatim: bool = False) -> Cells:
    """The different texts of a column, a number or a date as it is written.

    Blanks at their ends are taken off unless the text is ``verbatim``; a text of blanks alone is an empty cell.
    """
    array = column.unify_dictionaries().combine_chunks()
    if not pa.types.is_dictionary(array.type):
        if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
            array = array.cast(pa.string())
        array = array.dictionary_encode()
    places = array.indices.cast(pa.int64()).fill_null(ABSENT).to_numpy(zero_copy_only=False)
    given = array.dictionary.cast(pa.string())
    trimmed = pc.utf8_trim_whitespace(given)
    if verbatim:
        trimmed = pc.if_else(pc.equal(trimmed, ""), "", given)
    values = trimmed.to_pylist()
    if trimmed.equals(given) and not pc.any(pc.equal(pc.utf8_length(given), 0)).as_py():
        return Cells(places, values)
    distinct = {value: place for place, value in enumerate(dict.fromkeys(value for value in values if value))}
    moved = np.array([distinct.get(value, ABSENT) for value in values] or [ABSENT], dtype=np.int64)
    return Cells(np.where(places == ABSENT, ABSENT, moved[places]), list(distinct))


def integers(named: Named, column: pa.ChunkedArray, texts: Texts, wrong: list[Wrong]) -> IntArray:
    """The integers of a column by the codec of its type; rows that cannot be read are ABSENT and added to ``wrong``."""
    kind, plain = column.type, _plain(named.hint)
    if pa.types.is_null(kind):
        return np.full(len(column), ABSENT)
    if plain is dt.date and (pa.types.is_date(kind) or pa.types.is_timestamp(kind)):
        days = column.cast(pa.date32(), safe=False).cast(pa.int32())
        return np.where(_nulls(column), ABSENT, _numbers(days) + EPOCH)
    if plain is int and pa.types.is_integer(kind):
        return _whole(named, column, wrong)
    if plain is Cents and pa.types.is_floating(kind):
        # As when the table is checked: 90.5 as a binary fraction need not be 90.50.
        wrong.append(Wrong(np.flatnonzero(~_nulls(column)), named.name, words.wrong(named.hint, 0.5, named.name)))
        return np.full(len(column), ABSENT)
    return _read(named, cells(column, verbatim=named.source.column.kind == "verbatim"), texts, wrong)


def identifiers(column: pa.ChunkedArray, texts: Texts) -> IntArray:
    """The positions of a column that is shown and never compared with another: its texts are added as they are."""
    found = cells(column)
    begin = len(texts.values)
    texts.values.extend(map(unguarded, found.values))
    return np.where(found.places == ABSENT, ABSENT, begin + found.places)


def value_of(named: Named, text: str) -> Any:
    """What a cell holds, by the type of its column.

    Raises:
        BadCell: saying what is wrong with it.

    """
    value = plain_value(unguarded(text) if named.source.column.kind == "text" else text, named.source)
    try:
        return from_builtins(value, named.hint)
    except (msgspec.ValidationError, DomainError):
        raise BadCell(_why(named, value)) from None


def _why(named: Named, value: Any) -> str:
    """The sentence for the first element of a list that is wrong, or for the value itself."""
    if typing.get_origin(named.hint) is not tuple or not isinstance(value, list):
        return words.wrong(named.hint, value, named.name)
    (of, *_) = typing.get_args(named.hint)
    for one in value:
        try:
            from_builtins(one, of)
        except (msgspec.ValidationError, DomainError):
            return words.wrong(of, one, named.name)
    return words.wrong(named.hint, value, named.name)


def _read(named: Named, column: Cells, texts: Texts, wrong: list[Wrong]) -> IntArray:
    """Read each different text by the type and look the rows up among them."""
    numbers = np.full(len(column.values) + 1, ABSENT)
    if named.hint is str:
        numbers[:-1] = [texts.position(unguarded(text)) for text in column.values]
        return numbers[column.places]
    if named.encode is None:
        raise TypeError(named.name)
    for place, text in enumerate(column.values):
        whole = text.removesuffix(".0") if _plain(named.hint) is int else text
        try:
            numbers[place] = named.encode(value_of(named, whole), texts)
        except BadCell as error:
            wrong.append(Wrong(np.flatnonzero(column.places == place), named.name, str(error)))
    return numbers[column.places]


def _whole(named: Named, column: pa.ChunkedArray, wrong: list[Wrong]) -> IntArray:
    nulls = _nulls(column)
    numbers = np.where(nulls, ABSENT, _numbers(column))
    least, most = _bounds(named.hint)
    for value in np.unique(numbers[~nulls & ((numbers < least) | (numbers > most))]).tolist():
        rows = np.flatnonzero(~nulls & (numbers == value))
        wrong.append(Wrong(rows, named.name, words.wrong(named.hint, value, named.name)))
        numbers[rows] = ABSENT
    return numbers


def _plain(hint: Any) -> Any:
    return typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint


def _bounds(hint: Any) -> tuple[int, int]:
    meta = next((one for one in typing.get_args(hint)[1:] if isinstance(one, msgspec.Meta)), msgspec.Meta())
    least, most = (_INT.min if meta.ge is None else int(meta.ge)), (_INT.max if meta.le is None else int(meta.le))
    return least, most


def _nulls(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(pc.is_null(column).to_numpy())


def _numbers(column: pa.ChunkedArray) -> IntArray:
    return np.asarray(column.fill_null(0).to_numpy()).astype(np.int64)
