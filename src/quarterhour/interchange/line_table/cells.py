"""A column of cells as integers: each different value is read once, by the type the visit record has there."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Collection
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT, EPOCH, IntArray, Texts
from quarterhour.domain.errors import DomainError
from quarterhour.domain.json import from_builtins
from quarterhour.domain.money import Cents
from quarterhour.interchange.line_table.letters import letters
from quarterhour.interchange.line_table.names import Named
from quarterhour.interchange.tabular.cells import BadCell, plain_value, unguarded
from quarterhour.interchange.visit_json import words

_INT: Final = np.iinfo(np.int64)
#: Signed integers that hold what unsigned ones do.
_WIDER: Final = {np.dtype(f"u{size}"): np.dtype(f"i{min(2 * size, 8)}") for size in (1, 2, 4, 8)}


class Wrong(msgspec.Struct, frozen=True):
    """Rows of a column whose value cannot be read, and why."""

    rows: IntArray
    column: str
    message: str


class Cells(msgspec.Struct, frozen=True):
    """A column of text: for every row a place in ``values``, ABSENT for an empty cell."""

    places: IntArray
    values: list[str]


class Coded(msgspec.Struct, frozen=True):
    """A column as integers: for every row a code, and what every code stands for (None: codes are the integers).

    The code of an empty cell is ABSENT, for which the last of ``numbers`` answers.
    """

    codes: NDArray[np.signedinteger[Any]]
    numbers: IntArray | None = None

    def of(self, codes: NDArray[np.signedinteger[Any]]) -> IntArray:
        """What some codes of the column stand for."""
        # Codes are often of 32 bits, and places of a width that is not the machine's are slow to follow.
        wide = codes.astype(np.int64, copy=False)
        return wide if self.numbers is None else self.numbers[wide]

    @property
    def rows(self) -> IntArray:
        """The integer of every row."""
        return self.of(self.codes)

    def rows_with(self, numbers: Collection[int]) -> IntArray:
        """The rows that have one of some integers."""
        if self.numbers is None:
            return np.flatnonzero(np.isin(self.codes, list(numbers)))
        wanted = np.isin(self.numbers, list(numbers))
        # The last answers for empty cells, which a column need not have.
        none = not wanted[:-1].any() and int(self.codes.min(initial=0)) != ABSENT
        return np.zeros(0, dtype=np.int64) if none else np.flatnonzero(wanted[self.codes])


def cells(column: pa.ChunkedArray, *, verbatim: bool = False) -> Cells:
    """The different texts of a column, a number or a date as it is written.

    Blanks at their ends are taken off unless the text is ``verbatim``; a text of blanks alone is an empty cell.
    """
    places, texts = _texts(column, verbatim=verbatim)
    return Cells(places.astype(np.int64), texts.to_pylist())


def _texts(column: pa.ChunkedArray, *, verbatim: bool) -> tuple[NDArray[np.signedinteger[Any]], pa.Array]:
    """For every row a place among the different texts, and those."""
    array = column.chunk(0) if column.num_chunks == 1 else column.unify_dictionaries().combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], array.type)
    if not pa.types.is_dictionary(array.type):
        if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
            array = array.cast(pa.string())
        array = array.dictionary_encode()
    indices = array.indices
    if indices.null_count:
        indices = indices.fill_null(ABSENT) if pa.types.is_signed_integer(indices.type) else _signed(indices)
    places = indices.to_numpy(zero_copy_only=False)
    given = array.dictionary.cast(pa.string())
    if not given.null_count and letters(given).bare:
        return places, given
    trimmed = pc.utf8_trim_whitespace(given)
    if verbatim:
        trimmed = pc.if_else(pc.equal(trimmed, ""), "", given)
    if trimmed.equals(given) and not pc.any(pc.equal(pc.binary_length(given), 0)).as_py():
        return places, trimmed
    values = trimmed.to_pylist()
    distinct = {value: place for place, value in enumerate(dict.fromkeys(value for value in values if value))}
    moved = np.array([*(distinct.get(value, ABSENT) for value in values), ABSENT], dtype=np.int64)
    return moved[places], pa.array(list(distinct), pa.string())


def _signed(indices: pa.Array) -> pa.Array:
    return indices.cast(pa.int64()).fill_null(ABSENT)


def integers(named: Named, column: pa.ChunkedArray, texts: Texts, wrong: list[Wrong]) -> Coded:
    """A column as integers by the codec of its type; rows that cannot be read are ABSENT and added to ``wrong``."""
    kind, plain = column.type, _plain(named.hint)
    if pa.types.is_null(kind):
        return Coded(np.full(len(column), ABSENT))
    if plain is dt.date and (pa.types.is_date(kind) or pa.types.is_timestamp(kind)):
        days = column.cast(pa.date32(), safe=False).cast(pa.int32())
        days = days.fill_null(ABSENT - EPOCH) if days.null_count else days
        return Coded(days.to_numpy().astype(np.int64) + EPOCH)
    if plain is int and pa.types.is_integer(kind):
        return Coded(_whole(named, column, wrong))
    if plain is Cents and pa.types.is_floating(kind):
        # As when the table is checked: 90.5 as a binary fraction need not be 90.50.
        wrong.append(Wrong(np.flatnonzero(~_nulls(column)), named.name, words.wrong(named.hint, 0.5, named.name)))
        return Coded(np.full(len(column), ABSENT))
    places, given = _texts(column, verbatim=named.source.column.kind == "verbatim")
    if plain is Cents:
        return Coded(places, _amounts(named, places, given, texts, wrong))
    return Coded(places, _read(named, places, given, texts, wrong))


def identifiers(column: pa.ChunkedArray, texts: Texts) -> Coded:
    """The positions of a column that is shown and never compared with another: its texts are added as they are."""
    places, given = _texts(column, verbatim=False)
    begin = len(texts.values)
    shown = given.to_pylist()
    texts.values.extend(map(unguarded, shown) if letters(given).guarded else shown)
    return Coded(places, np.append(np.arange(begin, begin + len(shown)), ABSENT))


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


def _read(
    named: Named, places: NDArray[np.signedinteger[Any]], different: pa.Array, texts: Texts, wrong: list[Wrong]
) -> IntArray:
    """What each different text stands for, by the type of its column; the last entry is that of an empty cell."""
    given = different.to_pylist()
    numbers = np.full(len(given) + 1, ABSENT)
    if named.hint is str:
        shown = map(unguarded, given) if letters(different).guarded else given
        numbers[:-1] = texts.positions_of(list(shown))
        return numbers
    if named.encode is None:
        raise TypeError(named.name)
    for place, text in enumerate(given):
        whole = text.removesuffix(".0") if _plain(named.hint) is int else text
        try:
            numbers[place] = named.encode(value_of(named, whole), texts)
        except BadCell as error:
            wrong.append(Wrong(np.flatnonzero(places == place), named.name, str(error)))
    return numbers


def _amounts(
    named: Named, places: NDArray[np.signedinteger[Any]], given: pa.Array, texts: Texts, wrong: list[Wrong]
) -> IntArray:
    """As :func:`_read`, for amounts: those written in full, as 61.00, are read all at once."""
    cents = letters(given).cents()
    return _read(named, places, given, texts, wrong) if cents is None else np.append(cents, ABSENT)


def _whole(named: Named, column: pa.ChunkedArray, wrong: list[Wrong]) -> NDArray[np.signedinteger[Any]]:
    least, most = _bounds(named.hint)
    numbers = _numbers(column)
    outside = (numbers < least) | (numbers > most)
    if outside.any():
        outside &= ~_nulls(column)
        for value in np.unique(numbers[outside]).tolist():
            rows = np.flatnonzero(outside & (numbers == value))
            wrong.append(Wrong(rows, named.name, words.wrong(named.hint, value, named.name)))
        numbers = np.where(outside, ABSENT, numbers)
    return _or_absent(column, numbers)


def _plain(hint: Any) -> Any:
    return typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint


def _bounds(hint: Any) -> tuple[int, int]:
    meta = next((one for one in typing.get_args(hint)[1:] if isinstance(one, msgspec.Meta)), msgspec.Meta())
    least, most = (_INT.min if meta.ge is None else int(meta.ge)), (_INT.max if meta.le is None else int(meta.le))
    return least, most


def _nulls(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(pc.is_null(column).to_numpy())


def _or_absent(column: pa.ChunkedArray, numbers: NDArray[np.signedinteger[Any]]) -> NDArray[np.signedinteger[Any]]:
    return np.where(_nulls(column), ABSENT, numbers) if column.null_count else numbers


def _numbers(column: pa.ChunkedArray) -> NDArray[np.signedinteger[Any]]:
    """The whole numbers of a column, in a type that has room for ABSENT; 0 for an empty cell."""
    numbers: NDArray[Any] = np.asarray((column.fill_null(0) if column.null_count else column).to_numpy())
    return numbers.astype(_WIDER.get(numbers.dtype, numbers.dtype), copy=False)
