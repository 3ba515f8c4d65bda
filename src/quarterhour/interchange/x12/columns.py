"""Columns and tables as the readers make them.

A column is one of three: integers (``int64``: money in cents, days as ``date.toordinal``, quantities in thousandths,
rows of other tables, ``ABSENT`` where there is none), short texts (NumPy ``S8``: codes and qualifiers), or ``Text``.
Money and quantities are 0 where absent; where that matters, a column of the same name with ``?`` is 1 where there is
one. ``segment`` is the number of the segment a row comes from, counted from 1 through the whole file.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.values import Bytes, IntArray, Short, as_ints

#: Columns that hold a row of another table, by name.
REFERENCES: Final[Mapping[str, str]] = {
    "claim": "claims",
    "line": "lines",
    "billing": "providers",
    "rendering": "providers",
    "subscriber": "subscribers",
    "patient": "patients",
    "payment": "payments",
    "line_payment": "line_payments",
    "status": "statuses",
    "response": "responses",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A column of texts: all bytes one after the other, and where each begins."""

    offsets: IntArray
    data: Bytes

    def __len__(self) -> int:
        return self.offsets.size - 1

    def __getitem__(self, row: int) -> str:
        return decode(self.data[self.offsets[row] : self.offsets[row + 1]].tobytes())

    def tolist(self) -> list[str]:
        """Every text of the column."""
        whole, bounds = self.data.tobytes(), self.offsets.tolist()
        if whole.isascii():
            text = whole.decode("ascii")
            return [text[first:last] for first, last in itertools.pairwise(bounds)]
        return [decode(whole[first:last]) for first, last in itertools.pairwise(bounds)]

    @staticmethod
    def gather(block: Bytes, start: IntArray, end: IntArray) -> Text:
        """The texts of spans of a block, copied, so that the block may go."""
        length = end - start
        offsets = np.zeros(length.size + 1, dtype=np.int64)
        np.cumsum(length, out=offsets[1:])
        if not offsets[-1]:
            return Text(offsets, block[:0])
        places = np.arange(offsets[-1])
        places += np.repeat(start - offsets[:-1], length)
        return Text(offsets, block[places])

    @staticmethod
    def of(texts: Sequence[str]) -> Text:
        """A column of Python texts."""
        raw = [text.encode() for text in texts]
        offsets = np.zeros(len(raw) + 1, dtype=np.int64)
        np.cumsum([len(text) for text in raw], out=offsets[1:])
        return Text(offsets, np.frombuffer(b"".join(raw), dtype=np.uint8))

    @staticmethod
    def join(parts: Sequence[Text]) -> Text:
        """Columns one below the other."""
        lengths = [np.diff(part.offsets) for part in parts]
        offsets = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.concatenate(lengths))])
        return Text(offsets, np.concatenate([part.data for part in parts]))

    def take(self, rows: IntArray) -> Text:
        """The texts of some rows."""
        return Text.gather(self.data, self.offsets[rows], self.offsets[rows + 1])


Column = IntArray | Short | Text


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns of one length. ``carried`` rows at the front were given with an earlier part of the file too."""

    columns: Mapping[str, Column]
    rows: int
    carried: int = 0

    def __getitem__(self, name: str) -> Any:
        return self.columns[name]

    def integers(self, name: str) -> IntArray:
        """A column of integers."""
        return as_ints(self.columns[name])

    def own_sum(self, name: str) -> int:
        """The sum of a column of integers over the rows that were not carried."""
        return int(self.integers(name)[self.carried :].sum())

    def texts(self, name: str) -> list[str]:
        """A column of texts, short or long, as Python texts."""
        column = self.columns[name]
        if isinstance(column, Text):
            return column.tolist()
        try:
            found: list[str] = column.astype(np.str_).tolist()
        except UnicodeDecodeError:
            return [decode(text) for text in column.tolist()]
        return found

    def records(self) -> list[dict[str, Any]]:
        """Row by row, for people and tests; integers and texts as they are in the columns."""
        lists = {
            name: self.texts(name) if isinstance(column, Text) or column.dtype.kind == "S" else column.tolist()
            for name, column in self.columns.items()
        }
        return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]

    def take(self, rows: IntArray) -> Table:
        """The table of some rows."""
        taken = {
            name: column.take(rows) if isinstance(column, Text) else column[rows]
            for name, column in self.columns.items()
        }
        return Table(taken, rows.size)

    def to_arrow(self) -> Any:
        """The table as a ``pyarrow.Table``; texts that are not UTF-8 are read as Windows-1252."""
        import pyarrow as pa

        arrays = {
            name: pa.array(self.texts(name) if isinstance(column, Text) or column.dtype.kind == "S" else column)
            for name, column in self.columns.items()
        }
        return pa.table(arrays)


def decode(raw: bytes) -> str:
    """Bytes of a file as a text: UTF-8, or Windows-1252 where they are not that."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def join_tables(parts: Iterable[Mapping[str, Table]]) -> dict[str, Table]:
    """Tables of consecutive parts of a file as those of the whole: carried rows once, references into the whole."""
    gathered = list(parts)
    names = dict.fromkeys(name for part in gathered for name in part)
    joined: dict[str, Table] = {}
    segments = {
        name: np.concatenate(
            [part[name].integers("segment")[part[name].carried :] for part in gathered if name in part]
        )
        for name in names
    }
    for name in names:
        tables = [(part, part[name]) for part in gathered if name in part]
        fields = dict.fromkeys(field for _, table in tables for field in table.columns)
        columns: dict[str, Column] = {}
        for field in fields:
            pieces = [_own_rows(part, table, field, segments) for part, table in tables]
            columns[field] = _join_column(pieces)
        joined[name] = Table(columns, segments[name].size)
    return joined


def _own_rows(part: Mapping[str, Table], table: Table, field: str, segments: Mapping[str, IntArray]) -> Column:
    """The rows of a column that were not carried; references turned into rows of the whole."""
    column = table.columns.get(field)
    own = table.rows - table.carried
    if column is None:
        return np.full(own, ABSENT, dtype=np.int64)
    if isinstance(column, Text):
        return column if not table.carried else column.take(np.arange(table.carried, table.rows))
    rows = column[table.carried :]
    target = REFERENCES.get(field)
    if target is None or target not in part or rows.dtype.kind != "i":
        return rows
    there = rows != ABSENT
    moved = np.full(own, ABSENT, dtype=np.int64)
    moved[there] = np.searchsorted(segments[target], part[target].integers("segment")[rows[there]])
    return moved


def _join_column(pieces: list[Column]) -> Column:
    """Pieces of one column; a piece that has no such column is empty texts beside texts."""
    if any(isinstance(piece, Text) for piece in pieces):
        return Text.join([piece if isinstance(piece, Text) else _empty_texts(len(piece)) for piece in pieces])
    arrays = [piece for piece in pieces if not isinstance(piece, Text)]
    if any(piece.dtype.kind == "S" for piece in arrays):
        return np.concatenate([piece if piece.dtype.kind == "S" else np.zeros(piece.size, "S8") for piece in arrays])
    joined: IntArray = np.concatenate([as_ints(piece) for piece in arrays])
    return joined


def _empty_texts(rows: int) -> Text:
    return Text(np.zeros(rows + 1, dtype=np.int64), np.zeros(0, dtype=np.uint8))
