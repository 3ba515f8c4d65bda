"""Visits and claims out of a table, in batches: memory depends on the size of a batch, not of the file.

Rows of one visit or claim stand together, or are brought together where that is asked: ``belonging`` says which they
are. A column of the visit may be filled on every row of it or on some; two different values of it are a defect. Empty
cells say nothing; nothing is defaulted.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import operator
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final, Generic, TypeVar

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.visit import Visit
from quarterhour.interchange.errors import Defect
from quarterhour.interchange.tabular.belonging import Belonging, KeyedRow, clean, together
from quarterhour.interchange.tabular.cells import BadCell, plain_value
from quarterhour.interchange.tabular.columns import CLAIM_LINES, JOINED, VISITS, Table
from quarterhour.interchange.tabular.errors import BadMapping, NotATable
from quarterhour.interchange.tabular.mapping import Mapping, Source
from quarterhour.interchange.tabular.rows import Rows, open_rows, ragged
from quarterhour.interchange.visit_json.record import convert, record_of
from quarterhour.interchange.visit_json.words import nearest, quoted

R = TypeVar("R", Visit, Claim)
#: Rows of a batch.
BATCH: Final = 50_000
#: The columns that tell a table of ours from others: one it needs, and those of which it needs one.
_SIGNS: Final = {
    VISITS.name: ("date_of_service", frozenset({"code", "note_text"})),
    CLAIM_LINES.name: ("patient_control_number", frozenset({"code"})),
}
#: What every claim and line needs, so that a table without one of these columns holds none that could be read.
_EVERY_CLAIM: Final = ("patient_control_number", "claim_type", "code", "units")

#: So many columns of ours beside one that is like another, or without one.
_FEW, _SEVERAL = 2, 4


class Batch(msgspec.Struct, Generic[R], frozen=True):
    """Some records, the rows of each (of its services or lines), and all that was wrong since the last batch.

    ``numbers`` count the records of the file from 1, those that could not be read included.
    """

    records: tuple[R, ...]
    rows: tuple[tuple[int, ...], ...]
    defects: tuple[Defect, ...]
    numbers: tuple[int, ...]


class _Place(msgspec.Struct, frozen=True):
    """A column of the file, None for a constant: as what it is read, and the keys that lead to its value."""

    position: int | None
    source: Source
    way: tuple[str, ...]
    last: str


class _Open(msgspec.Struct):
    """A record whose rows are being read: its first row, the rows that are elements of its list, and what is wrong.

    ``known`` are the cells of the record as far as its rows have said them, ``said`` the row of each that came later.
    """

    key: Hashable
    raw: tuple[Any, ...]
    known: list[Any]
    first: int
    said: dict[int, int] = {}
    value: dict[str, Any] = {}
    numbers: list[int] = []
    defects: list[Defect] = []


def read_visits(
    path: str | Path | BinaryIO, mapping: Mapping | None = None, *, payer_needed: bool = True, batch: int = BATCH,
    day: dt.date | None = None, apart: bool = False,
) -> Iterator[Batch[Visit]]:  # fmt: skip
    """The visits of a CSV or Parquet file, a batch of about ``batch`` rows at a time.

    ``day`` is the date of service of rows without one; the column must be there. Rows of one visit stand together; with
    ``apart`` they need not, and all rows of the file are held for that.

    Raises:
        Unreadable: if it is no such file, or ends in the middle.
        NotATable: if it has not the columns a visit needs.
        BadMapping: for a mapping of another table.
        NotInstalled: for Parquet without pyarrow.

    """

    def made(value: dict[str, Any]) -> Visit | list[Defect]:
        return convert(value, "", payer_needed=payer_needed, day=day)

    return _read(path, VISITS, mapping, batch, made, ("date_of_service",), apart=apart)


def read_claims(
    path: str | Path | BinaryIO, mapping: Mapping | None = None, *, batch: int = BATCH
) -> Iterator[Batch[Claim]]:
    """The claims of a CSV or Parquet file of claim lines; as :func:`read_visits`. ``payer`` may stay empty."""

    def made(value: dict[str, Any]) -> Claim | list[Defect]:
        value.setdefault("payer", "")
        return record_of(value, Claim, "claim")

    return _read(path, CLAIM_LINES, mapping, batch, made, _EVERY_CLAIM)


def table_named(names: Sequence[str], mapping: Mapping | None = None) -> Table | None:
    """The table whose columns, or a mapping's, are in a header; None where it is neither of visits nor of claim lines.

    Without a mapping a table that names claims by their patient control number is one of claim lines.
    """
    for known in [mapping] if mapping else [Mapping(CLAIM_LINES), Mapping(VISITS)]:
        found = {source.column.name for source in map(known.source, names) if source} | set(known.constants)
        needed, one_of = _SIGNS[known.table.name]
        if needed in found and found & one_of:
            return known.table
    return None


def misnamed(names: Sequence[str], mapping: Mapping | None = None) -> bool:
    """Whether a header that is of no table was meant for one: it lacks one of the columns that tell it.

    So it is where a name is like the one it lacks and two others are ours, or where more than half of all are: a table
    of something else has one or two columns of ours by chance.
    """
    for known in [mapping] if mapping else [Mapping(CLAIM_LINES), Mapping(VISITS)]:
        found = {source.column.name for source in map(known.source, names) if source}
        needed, one_of = _SIGNS[known.table.name]
        lacking = [needed] if needed not in found | set(known.constants) else sorted(one_of)
        near = any(_meant(name, names, known) for name in lacking)
        if (near and len(found) >= _FEW) or (len(found) >= _SEVERAL and 2 * len(found) > len(names)):
            return True
    return False


def lack_of(names: Sequence[str], mapping: Mapping | None = None) -> str | None:
    """What a header lacks to be that of a table of visits, None where it lacks nothing."""
    known = mapping or Mapping(VISITS)
    needed = _SIGNS[known.table.name][0]
    there = {source.column.name for source in map(known.source, names) if source} | set(known.constants)
    return None if needed in there else _lacks(needed, names, known)


def _read(
    path: str | Path | BinaryIO, table: Table, mapping: Mapping | None, batch: int,
    made: Callable[[dict[str, Any]], R | list[Defect]], needed: Sequence[str], *, apart: bool = False,
) -> Iterator[Batch[R]]:  # fmt: skip
    known = mapping or Mapping(table)
    if known.table != table:
        raise BadMapping(f"the mapping is for {known.table.name}, not for {table.name}")
    rows = open_rows(path, batch)
    try:
        places, defects = _places(rows, known, needed)
    except NotATable:
        rows.close()
        raise
    reader = _Reader(table, known, places, len(rows.names), made)
    reader.defects += defects
    return _batches(rows, reader, batch, apart=apart)


def _batches(rows: Rows, reader: _Reader[R], batch: int, *, apart: bool) -> Iterator[Batch[R]]:
    """Batches that end between two records."""
    count = 0
    with contextlib.closing(rows):
        keyed = reader.keyed(rows.rows)
        for row in together(keyed) if apart else keyed:
            if not reader.goes_on(row):
                reader.close()
                if count >= batch:
                    yield reader.taken()
                    count = 0
                reader.open(row)
            reader.add(row)
            count += 1
    reader.close()
    yield reader.taken()


def _places(rows: Rows, mapping: Mapping, needed: Sequence[str]) -> tuple[list[_Place], list[Defect]]:
    """How each column of the file is read, and a defect for each of which nothing is known.

    Raises:
        NotATable: if a needed column is not there.

    """
    places: list[_Place] = []
    defects = []
    origin: dict[str, str] = {}
    for position, name in enumerate(rows.names):
        source = mapping.source(name)
        if source is None:
            if name not in mapping.ignore and name.strip():
                defects.append(Defect(_unknown(name, mapping), None, 1, position + 1))
            continue
        own = source.column.name
        joined = own in origin and mapping.parts(name) and mapping.parts(origin[own])
        if (own in origin or own in mapping.constants) and not joined:
            other = quoted(origin[own]) if own in origin else "a constant of the mapping"
            defects.append(Defect(f"column {quoted(name)} is {own}, and so is {other}", None, 1, position + 1))
            continue
        origin[own] = name
        places.append(_place(position, source))
    lacking = [name for name in needed if name not in origin and name not in mapping.constants]
    if lacking:
        more = f"; it lacks {' and '.join(lacking[1:])} too" if lacking[1:] else ""
        raise NotATable(_lacks(lacking[0], rows.names, mapping) + more, 1, 1)
    return places, defects


def _lacks(name: str, names: Sequence[str], mapping: Mapping) -> str:
    near = _meant(name, names, mapping)
    hint = f", but {quoted(near)}" if near else ""
    return f"no column {name}{hint}: name it so, or say in a mapping which of your columns it is"


def _meant(name: str, names: Sequence[str], mapping: Mapping) -> str | None:
    """Of the names that are none of ours that which is most like ``name``, if any is."""
    strange = [one for one in names if mapping.source(one) is None and one not in mapping.ignore]
    return next((one for one in strange if nearest(one, mapping.table.by_name) == name), None)


def _unknown(name: str, mapping: Mapping) -> str:
    near = nearest(name, mapping.table.by_name)
    hint = f"did you mean {near}? " if near else ""
    return f"unknown column {quoted(name)}; {hint}rename it, or name it in a mapping under columns or ignore"


def _place(position: int | None, source: Source) -> _Place:
    *way, last = source.column.path.rpartition("*.")[2].split(".")
    return _Place(position, source, tuple(way), last)


class _Reader(Generic[R]):
    """Puts rows together to records, one record at a time."""

    def __init__(
        self, table: Table, mapping: Mapping, places: Sequence[_Place], width: int,
        made: Callable[[dict[str, Any]], R | list[Defect]],
    ) -> None:  # fmt: skip
        """``places`` are the columns of the file, ``width`` their number, ``made`` makes a record of plain values."""
        self.table = table
        self.width = width
        self.made: Callable[[dict[str, Any]], R | list[Defect]] = made
        self.of_record = [place for place in places if not place.source.column.of_row]
        self.of_row = [
            (at, place) for place in places if place.source.column.of_row and (at := place.position) is not None
        ]
        self.belonging = Belonging(table, [place.source.column for place in self.of_record])
        positions = [place.position for place in self.of_record if place.position is not None]
        # Cells are compared as they stand before anything is made of them: most rows go on with their visit.
        self.raw = operator.itemgetter(slice(0, 0), *positions)
        # Of several columns that are one list the first is told.
        self.paths = {place.source.column.path: place for place in reversed(places)}
        columns = table.by_name
        constants = [(_place(None, Source(columns[name])), value) for name, value in mapping.constants.items()]
        self.constants = [pair for pair in constants if not pair[0].source.column.of_row]
        self.row_constants = [pair for pair in constants if pair[0].source.column.of_row]
        self.current: _Open | None = None
        self.records: list[R] = []
        self.rows: list[tuple[int, ...]] = []
        self.count = 0
        self.numbers: list[int] = []
        self.defects: list[Defect] = []

    def keyed(self, rows: Iterator[tuple[int, list[Any]]]) -> Iterator[KeyedRow]:
        """The rows, each as wide as the header or wider, with how many cells it has itself and where it belongs."""
        for number, cells in rows:
            given = len(cells)
            cells.extend([""] * (self.width - given))
            yield KeyedRow(self.belonging.of(self.raw(cells)[1:]), number, cells, given)

    def add(self, row: KeyedRow) -> None:
        """Add a row's own part to the record that is open; a row without one adds nothing (a visit of a note alone)."""
        record = self.current
        if record is None:
            return
        number, given = row.number, row.given
        if given != self.width:
            record.defects.append(Defect(ragged(given, self.width), None, number, min(given, self.width) + 1))
        part: dict[str, Any] = {}
        for at, place in self.of_row:
            _set(record, part, place, row.cells[at], number)
        if part:
            for place, constant in self.row_constants:
                _set(record, part, place, constant, number)
            record.value.setdefault(self.table.rows, []).append(part)
            record.numbers.append(number)

    def goes_on(self, row: KeyedRow) -> bool:
        """Whether a row is of the record that is open, which then has what it says; what contradicts is noted.

        Without an id of the record a contradiction begins another.
        """
        record = self.current
        if record is None or row.key != record.key:
            return False
        raw = self.raw(row.cells)[1:]
        if raw == record.raw:
            return True
        unlike = [
            (at, place, cell, record.known[at])
            for at, place in enumerate(self.of_record)
            if (cell := clean(raw[at], place.source.column)) is not None and cell != record.known[at]
        ]
        contradicting = [(at, place) for at, place, _, known in unlike if known is not None]
        if contradicting and not self.belonging.has_id(raw):
            return False
        for at, place in contradicting:
            line = record.said.get(at, record.first)
            what = f"{place.source.column.name} is not what it is on line {line} of this {self.table.word}"
            record.defects.append(Defect(what, None, row.number, _column(place)))
        for at, place, cell, known in unlike:
            if known is None:
                record.known[at], record.said[at] = cell, row.number
                _set(record, record.value, place, cell, row.number)
        return True

    def open(self, row: KeyedRow) -> None:
        """Begin a record with the row."""
        raw = self.raw(row.cells)[1:]
        known = [clean(cell, place.source.column) for cell, place in zip(raw, self.of_record, strict=True)]
        self.current = record = _Open(row.key, raw, known, row.number)
        for place, constant in self.constants:
            _set(record, record.value, place, constant, row.number)
        for place, cell in zip(self.of_record, raw, strict=True):
            _set(record, record.value, place, cell, row.number)

    def close(self) -> None:
        """End the record that is open."""
        record, self.current = self.current, None
        if record is None:
            return
        self.count += 1
        if record.defects:
            self.defects += record.defects
            return
        found = self.made(record.value)
        if isinstance(found, list):
            self.defects += [self._placed(one, record) for one in found]
        else:
            self.records.append(found)
            self.numbers.append(self.count)
            self.rows.append(tuple(record.numbers) or (record.first,))

    def taken(self) -> Batch[R]:
        """What has been read since the last time."""
        batch = Batch(tuple(self.records), tuple(self.rows), tuple(self.defects), tuple(self.numbers))
        self.records, self.rows, self.defects, self.numbers = [], [], [], []
        return batch

    def _placed(self, defect: Defect, record: _Open) -> Defect:
        """A defect of a record with the row and column of the cell it is about."""
        parts = (defect.pointer or "").strip("/").split("/")
        line = record.first
        if parts[0] == self.table.rows and len(parts) > 1:
            line = record.numbers[int(parts[1])]
            parts[1] = "*"
        every = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
        place = next((self.paths[path] for path in every if path in self.paths), None)
        name = f"{place.source.column.name}: " if place else ""
        return Defect(name + defect.message, None, line, _column(place) if place else 1)


def _column(place: _Place) -> int:
    """The column to tell of a cell, counted from 1; a constant of the mapping has none of its own."""
    return 1 if place.position is None else place.position + 1


def _set(record: _Open, value: dict[str, Any], place: _Place, cell: Any, number: int) -> None:
    """Put the value of a cell where its column says; an empty cell says nothing."""
    cell = clean(cell, place.source.column)
    if cell is None:
        return
    try:
        plain = plain_value(cell, place.source)
    except BadCell as error:
        record.defects.append(Defect(f"{place.source.column.name}: {error}", None, number, _column(place)))
        return
    for name in place.way:
        value = value.setdefault(name, {})
    if place.last in value and place.source.column.kind in JOINED:
        plain = [*_several(value[place.last]), *_several(plain)]
    value[place.last] = plain


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
