"""The columnar form of a record type: flat integer columns, one table per level, lossless both ways.

A record type (a frozen ``msgspec.Struct`` of this room) becomes a tree of tables. The root has one row a record; each
list inside it is a child table with its rows in order and ``offsets`` saying which of them belong to which parent row.
Every column is a sequence of integers:

- dates are days (``date.toordinal``), money cents, clock times minutes after midnight, codes and modifiers base 36;
- text and whatever else JSON can hold is a position in ``Table.texts``, shared by the tree;
- ``ABSENT`` (-1) stands for ``None``; an amount below zero is stored one lower, so that it can never be taken for it;
- a nested record is spread into its parent, with a column ``name?`` that is 1 where it is there.
"""

from __future__ import annotations

import datetime as dt
import functools
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Generic, TypeVar, cast

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.clock import Clock
from quarterhour.domain.code import code_number, code_text, modifier_number, modifier_text
from quarterhour.domain.json import dumps, from_builtins
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Modifier, ProcedureCode

IntArray = NDArray[np.int64]
ABSENT: Final = -1
#: The day of 1970-01-01 as columns count days: Arrow and NumPy begin to count there.
EPOCH: Final = dt.date(1970, 1, 1).toordinal()
#: The offsets of a single parent row are its beginning and its end.
_ONE_PARENT: Final = 2
R = TypeVar("R", bound=msgspec.Struct)


class Texts(msgspec.Struct):
    """Each different text once; a column holds positions."""

    values: list[str] = msgspec.field(default_factory=list)
    positions: dict[str, int] = msgspec.field(default_factory=dict)

    def position(self, text: str) -> int:
        """Where the text stands, adding it if it is new."""
        found = self.positions.get(text)
        if found is None:
            found = self.positions[text] = len(self.values)
            self.values.append(text)
        return found

    def positions_of(self, texts: Sequence[str]) -> list[int]:
        """Where many texts stand, adding those that are new."""
        new = [text for text in dict.fromkeys(texts) if text not in self.positions]
        self.positions.update(zip(new, range(len(self.values), len(self.values) + len(new)), strict=True))
        self.values += new
        return [self.positions[text] for text in texts]


class Table(msgspec.Struct):
    """Columns of one level, arrays or lists of integers.

    ``offsets`` has one more entry than the parent has rows; the root's is empty.
    """

    columns: dict[str, Any]
    children: dict[str, Table]
    offsets: Any
    rows: int = 0

    def __getitem__(self, name: str) -> IntArray:
        """Column ``name`` as an array of ``rows`` integers."""
        return np.asarray(self.columns[name], dtype=np.int64)

    def rows_of(self) -> IntArray:
        """For every row of a child table the row of the parent it belongs to."""
        offsets = np.asarray(self.offsets, dtype=np.int64)
        return np.repeat(np.arange(offsets.size - 1), np.diff(offsets))

    def counts(self) -> IntArray:
        """How many rows of a child table every row of the parent has."""
        offsets = np.asarray(self.offsets, dtype=np.int64)
        return offsets[1:] - offsets[:-1]

    def numbers(self) -> IntArray:
        """For every row of a child table its place within the row of the parent it belongs to, from 1."""
        rows = self.rows_of()
        return np.arange(rows.size) - np.asarray(self.offsets, dtype=np.int64)[:-1][rows] + 1 if rows.size else rows

    def sums(self, values: NDArray[Any]) -> IntArray:
        """Sums of ``values``, one for every row of a child table, over the rows of every parent row."""
        if not values.size:
            return np.zeros(len(self.offsets) - 1, dtype=np.int64)
        if len(self.offsets) == _ONE_PARENT:
            return np.add.reduce(values, keepdims=True, dtype=np.int64)
        running = np.zeros(values.size + 1, dtype=np.int64)
        np.cumsum(values, out=running[1:])
        offsets = np.asarray(self.offsets, dtype=np.int64)
        return running[offsets[1:]] - running[offsets[:-1]]


class _Scalar(msgspec.Struct, frozen=True):
    """A column, the type of its values and how one gets in and out of it; whether values can be told by their hash."""

    name: str
    attribute: Any
    place: int
    hint: Any
    encode: Callable[[Any, Texts], int]
    decode: Callable[[int, Texts], Any]
    hashable: bool


class _Nested(msgspec.Struct, frozen=True):
    """A record inside a record: spread into the same table."""

    name: str
    attribute: Any
    place: int
    plan: _Plan


class _Listed(msgspec.Struct, frozen=True):
    """A list inside a record: a child table, whose rows are the elements."""

    name: str
    attribute: Any
    place: int
    plan: _Plan


class _Plan(msgspec.Struct, frozen=True):
    """How one type is laid out: how to get so many parts out of a value, and a value out of its parts."""

    parts: Callable[[Any], Sequence[Any]]
    size: int
    build: Callable[[dict[Any, Any]], Any]
    scalars: tuple[_Scalar, ...]
    nested: tuple[_Nested, ...]
    listed: tuple[_Listed, ...]
    #: Its columns, those of records inside it included, where it is not there itself: in no row, and in one.
    missing: tuple[dict[str, IntArray], dict[str, IntArray]]


class Columns(Generic[R]):
    """Columns of a number of records of one type.

    ``root`` is the tree of tables, ``texts`` the texts its columns point into.
    """

    __slots__ = ("_plan", "root", "texts")

    def __init__(self, plan: _Plan, root: Table, texts: Texts) -> None:
        """Use :func:`to_columns`."""
        self._plan = plan
        self.root = root
        self.texts = texts

    def records(self) -> list[R]:
        """The records again, equal to those the columns were made from."""
        return [cast("R", record) for record in _decode(self._plan, self.root, self.texts)]


def to_columns(record_type: type[R], records: Iterable[R], texts: Texts | None = None) -> Columns[R]:
    """Lay out records as columns, their texts after those in ``texts`` if there are any."""
    plan = _plan_of(record_type, "")
    texts = Texts() if texts is None else texts
    return Columns(plan, _lay_out(plan, list(records), [], texts), texts)


class Scalar(msgspec.Struct, frozen=True):
    """A column of the root table: its name, the type of its values, and what makes one of them an integer."""

    name: str
    hint: Any
    encode: Callable[[Any, Texts], int]


def scalars(record_type: type[msgspec.Struct]) -> tuple[Scalar, ...]:
    """The columns of a record type that hold one value a record, in its order, without those of its lists."""

    def of(plan: _Plan) -> Iterator[Scalar]:
        for one in plan.scalars:
            yield Scalar(one.name, one.hint, one.encode)
        for nested in plan.nested:
            yield from of(nested.plan)

    return tuple(of(_plan_of(record_type, "")))


def joined(parts: Sequence[Columns[R]]) -> Columns[R]:
    """The records of several columns of one type, one after the other, in columns of their own.

    Raises:
        ValueError: for no columns at all.

    """
    if not parts:
        raise ValueError("there are no columns to join")
    if len(parts) == 1:
        return parts[0]
    texts = Texts()
    moved = [np.array([texts.position(text) for text in part.texts.values], dtype=np.int64) for part in parts]
    plan = parts[0]._plan  # noqa: SLF001 - columns of one type have one plan
    return Columns(plan, _join(plan, [part.root for part in parts], moved), texts)


def _join(plan: _Plan, tables: Sequence[Table], moved: Sequence[IntArray]) -> Table:
    columns: dict[str, Any] = {}
    children: dict[str, Table] = {}
    for part in _spread(plan):
        for scalar in part.scalars:
            values = [table[scalar.name] for table in tables]
            if _is_text(scalar.hint):
                values = [_moved(column, to) for column, to in zip(values, moved, strict=True)]
            columns[scalar.name] = np.concatenate(values)
        for listed in part.listed:
            below = [table.children[listed.name] for table in tables]
            children[listed.name] = _join(listed.plan, below, moved)
            children[listed.name].offsets = _joined_offsets(below)
        for nested in part.nested:
            columns[nested.name + "?"] = np.concatenate([table[nested.name + "?"] for table in tables])
    return Table(columns, children, [], sum(table.rows for table in tables))


def _spread(plan: _Plan) -> Iterator[_Plan]:
    """A plan and those of the records inside it, which are spread into the same table."""
    yield plan
    for nested in plan.nested:
        yield from _spread(nested.plan)


def moved(columns: Columns[R], days: int) -> Columns[R]:
    """The same records with every date so many days later (earlier, if below zero); everything else is shared."""
    plan = columns._plan  # noqa: SLF001 - what is a date, the plan says
    return Columns(plan, _later(plan, columns.root, days), columns.texts)


def _later(plan: _Plan, table: Table, days: int) -> Table:
    shifted = dict(table.columns)
    children = dict(table.children)
    for part in _spread(plan):
        for scalar in part.scalars:
            if _plain(scalar.hint) is dt.date:
                values = table[scalar.name]
                shifted[scalar.name] = np.where(values == ABSENT, ABSENT, values + days)
        for listed in part.listed:
            children[listed.name] = _later(listed.plan, children[listed.name], days)
    return Table(shifted, children, table.offsets, table.rows)


def _moved(column: IntArray, to: IntArray) -> IntArray:
    there: NDArray[np.bool_] = column != ABSENT
    return np.where(there, to[column], ABSENT) if there.any() else column


def _joined_offsets(tables: Sequence[Table]) -> IntArray:
    begins = np.cumsum([0, *(table.rows for table in tables)])
    later = [np.asarray(table.offsets)[1:] + begin for table, begin in zip(tables, begins.tolist(), strict=False)]
    return np.concatenate([np.zeros(1, dtype=np.int64), *later])


def _lay_out(plan: _Plan, records: Sequence[Any], offsets: Sequence[int], texts: Texts) -> Table:
    """A table of records."""
    columns: dict[str, Any] = {}
    children: dict[str, Table] = {}
    _encode(plan, records, columns, children, texts)
    filled = [name for name, column in columns.items() if isinstance(column, list)]
    if filled:
        columns.update(zip(filled, np.array([columns[name] for name in filled], dtype=np.int64), strict=True))
    return Table(columns, children, np.array(offsets, dtype=np.int64), len(records))


def _encode(
    plan: _Plan, records: Sequence[Any], columns: dict[str, Any], children: dict[str, Table], texts: Texts
) -> None:
    """Fill the columns of records, and the tables of their lists; None is a record that is not there."""
    missing = records.count(None)
    if missing == len(records):
        few = plan.missing[min(missing, 1)]
        columns.update(few if missing <= 1 else {name: np.repeat(one, missing) for name, one in few.items()})
        for name, listed in _all_listed(plan):
            children[name] = _lay_out(listed.plan, (), [0] * (missing + 1), texts)
        return
    nothing = (None,) * plan.size
    rows = [nothing if one is None else plan.parts(one) for one in records] if missing else map(plan.parts, records)
    parts = list(zip(*rows, strict=True))
    for scalar in plan.scalars:
        columns[scalar.name] = _numbers(parts[scalar.place], scalar, texts)
    for nested in plan.nested:
        inner = parts[nested.place]
        columns[nested.name + "?"] = [0 if one is None else 1 for one in inner]
        _encode(nested.plan, inner, columns, children, texts)
    for listed in plan.listed:
        elements: list[Any] = []
        offsets = [0]
        for one in parts[listed.place]:
            elements += one or ()
            offsets.append(len(elements))
        children[listed.name] = _lay_out(listed.plan, elements, offsets, texts)


@functools.cache
def _alike(value: int, rows: int) -> IntArray:
    """A column in which all is alike, the same array for all who ask."""
    kept = np.full(rows, value)
    kept.flags.writeable = False
    return kept


def _missing(columns: Mapping[str, int]) -> tuple[dict[str, IntArray], dict[str, IntArray]]:
    """Columns of a record that is not there, by what stands in them: in no row, and in one."""
    of_none, of_one = ({name: _alike(value, rows) for name, value in columns.items()} for rows in (0, 1))
    return of_none, of_one


def _numbers(values: Sequence[Any], scalar: _Scalar, texts: Texts) -> list[int] | IntArray:
    """Values of a column as integers, each different one asked once where values can be told apart by themselves."""
    encode = scalar.encode
    if len(values) == 1:
        return _alike(ABSENT, 1) if values[0] is None else [encode(values[0], texts)]
    if not scalar.hashable:
        return [ABSENT if value is None else encode(value, texts) for value in values]
    known: dict[Any, int] = {None: ABSENT}
    return [known[value] if value in known else known.setdefault(value, encode(value, texts)) for value in values]


def _decode(plan: _Plan, table: Table, texts: Texts) -> Iterator[Any]:
    lists = {name: list(_decode(listed.plan, table.children[name], texts)) for name, listed in _all_listed(plan)}

    def build(part: _Plan, row: int) -> Any:
        values: dict[Any, Any] = {}
        for scalar in part.scalars:
            raw = table.columns[scalar.name][row]
            values[scalar.attribute] = None if raw == ABSENT else scalar.decode(raw, texts)
        for nested in part.nested:
            there = table.columns[nested.name + "?"][row]
            values[nested.attribute] = build(nested.plan, row) if there else None
        for listed in part.listed:
            offsets = table.children[listed.name].offsets
            values[listed.attribute] = tuple(lists[listed.name][offsets[row] : offsets[row + 1]])
        return part.build(values)

    for row in range(table.rows):
        yield build(plan, row)


def _all_listed(plan: _Plan) -> Iterator[tuple[str, _Listed]]:
    for listed in plan.listed:
        yield listed.name, listed
    for nested in plan.nested:
        yield from _all_listed(nested.plan)


@functools.cache
def _plan_of(record_type: type[msgspec.Struct], prefix: str) -> _Plan:
    """Lay out a struct type; columns of a record inside a record carry its name and a dot in front."""
    scalars: list[_Scalar] = []
    nested: list[_Nested] = []
    listed: list[_Listed] = []
    fields = record_type.__struct_fields__
    for name, annotated in typing.get_type_hints(record_type, include_extras=True).items():
        hint, path, place = _without_none(annotated), prefix + name, fields.index(name)
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            nested.append(_Nested(path, name, place, _plan_of(hint, path + ".")))
        elif typing.get_origin(hint) is tuple and typing.get_args(hint)[-1] is Ellipsis:
            listed.append(_Listed(path, name, place, _element_plan(typing.get_args(hint)[0])))
        else:
            scalars.append(_scalar(path, name, place, hint))
    missing = dict.fromkeys((scalar.name for scalar in scalars), ABSENT)
    for one in nested:
        missing[one.name + "?"] = 0
        missing |= {name: int(column[0]) for name, column in one.plan.missing[1].items()}
    parted = tuple(scalars), tuple(nested), tuple(listed)
    return _Plan(msgspec.structs.astuple, len(fields), lambda values: record_type(**values), *parted, _missing(missing))


def _element_plan(hint: Any) -> _Plan:
    """Lay out the elements of a list: records, pairs, or single values in a column ``value``."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _plan_of(hint, "")
    if typing.get_origin(hint) is tuple:
        parts = tuple(_scalar(str(place), place, place, part) for place, part in enumerate(typing.get_args(hint)))
        missing = _missing(dict.fromkeys((part.name for part in parts), ABSENT))
        return _Plan(tuple, len(parts), lambda values: tuple(values.values()), parts, (), (), missing)
    value = _scalar("value", "value", 0, hint)
    return _Plan(
        lambda value: (value,), 1, lambda values: values["value"], (value,), (), (), _missing({"value": ABSENT})
    )


def _scalar(name: str, attribute: Any, place: int, hint: Any) -> _Scalar:
    return _Scalar(name, attribute, place, hint, *_codec(hint), _plain(hint) in _CODECS)


def _without_none(hint: Any) -> Any:
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        (hint,) = (part for part in typing.get_args(hint) if part is not type(None))
    return hint


def _plain(hint: Any) -> Any:
    """The type without its limits; a closed list of words is text."""
    plain = typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint
    return str if typing.get_origin(plain) is typing.Literal else plain


def _is_text(hint: Any) -> bool:
    """Whether a column of the type holds positions of texts."""
    plain = _plain(hint)
    return hint not in (ProcedureCode, Modifier) and (plain is str or plain not in _CODECS)


def _codec(hint: Any) -> tuple[Callable[[Any, Texts], int], Callable[[int, Texts], Any]]:
    """How a value of the type becomes an integer, and back."""
    for known in (ProcedureCode, Modifier):
        if hint == known:
            return _CODECS[known]
    plain = _plain(hint)
    if plain in _CODECS:
        return _CODECS[plain]
    return (lambda value, texts: texts.position(dumps(value))), (
        lambda number, texts: from_builtins(msgspec.json.decode(texts.values[number]), plain)
    )


_CODECS: Final[dict[Any, tuple[Callable[[Any, Texts], int], Callable[[int, Texts], Any]]]] = {
    ProcedureCode: (lambda code, _: code_number(code), lambda number, _: code_text(number)),
    Modifier: (lambda modifier, _: modifier_number(modifier), lambda number, _: modifier_text(number)),
    dt.date: (lambda day, _: day.toordinal(), lambda number, _: dt.date.fromordinal(number)),
    Cents: (
        lambda cents, _: int(cents) if cents >= 0 else cents - 1,
        lambda number, _: Cents(number if number >= 0 else number + 1),
    ),
    Clock: (lambda clock, _: int(clock), lambda number, _: Clock(number)),
    int: (lambda number, _: number, lambda number, _: int(number)),
    bool: (lambda truth, _: int(truth), lambda number, _: bool(number)),
    str: (lambda text, texts: texts.position(text), lambda number, texts: texts.values[number]),
}
