"""Cells that hold several values: modifiers, diagnoses, pointers, times from and to, and goals."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from quarterhour.domain.code import modifier_number
from quarterhour.domain.columns import IntArray, Table, Texts, to_columns
from quarterhour.domain.visit import Goal
from quarterhour.interchange.line_table.cells import Wrong, cells, value_of
from quarterhour.interchange.line_table.names import Named
from quarterhour.interchange.tabular.cells import BadCell

#: Of a column so many different cells are remembered.
_MOST_KEPT: Final = 50_000


class Lists(msgspec.Struct, frozen=True):
    """Lists of integers, or of pairs for times: ``flat[begins[r] : begins[r + 1]]``.

    Of a list of records they are rows of ``records``.
    """

    begins: IntArray
    flat: IntArray
    records: Table | None = None

    def fill(self, table: Table) -> None:
        """Put the lists into a child table."""
        table.offsets, table.rows = self.begins, int(self.begins[-1])
        if self.flat.ndim > 1:
            table.columns = {str(place): self.flat[:, place] for place in range(self.flat.shape[1])}
        elif self.records is None:
            table.columns = {"value": self.flat}
        else:
            table.columns = {name: self.records[name][self.flat] for name in self.records.columns}

    def taken(self, rows: NDArray[np.signedinteger[Any]]) -> Lists:
        """The lists of some rows."""
        lengths = (self.begins[1:] - self.begins[:-1])[rows]
        begins = np.zeros(rows.size + 1, dtype=np.int64)
        np.cumsum(lengths, out=begins[1:])
        if int(begins[-1]) == rows.size and (lengths == 1).all():
            return Lists(begins, self.flat[self.begins[rows]], self.records)
        places = np.arange(int(begins[-1])) - np.repeat(begins[:-1] - self.begins[:-1][rows], lengths)
        return Lists(begins, self.flat[places], self.records)


class ListColumn(msgspec.Struct, frozen=True):
    """A column of lists: the different ones, the last of them empty, and for every row which it has."""

    different: Lists
    codes: NDArray[np.signedinteger[Any]]

    def taken(self, rows: IntArray | None = None) -> Lists:
        """The lists of some rows, or of all."""
        codes = self.codes if rows is None else self.codes[rows]
        return self.different.taken(codes)


def read_lists(named: Named, column: pa.ChunkedArray, texts: Texts, wrong: list[Wrong]) -> ListColumn:
    """A column of lists, or of texts that hold several values. A different cell is read once."""
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), " ")
    whole = cells(column)
    kept = _kept(named)
    lists: list[Sequence[Any]] = []
    for place, text in enumerate(whole.values):
        found = kept.get(text)
        if found is None:
            try:
                found = _elements(named, value_of(named, text))
            except BadCell as error:
                wrong.append(Wrong(np.flatnonzero(whole.places == place), named.name, str(error)))
                lists.append(())
                continue
            if len(kept) < _MOST_KEPT:
                kept[text] = found
        lists.append(found)
    values = [value for one in lists for value in one]
    goals = values if named.source.column.kind == "goals" else []
    if goals:
        values = list(range(len(goals)))
    elif named.source.column.kind == "list" and named.column != "modifiers":
        values = [texts.position(value) for value in values]
    lengths = np.array([*map(len, lists), 0], dtype=np.int64)
    width = 2 if named.source.column.kind == "times" else 1
    flat = np.array(values, dtype=np.int64).reshape((-1, width) if width > 1 else -1)
    begins = np.append(0, np.cumsum(lengths))
    records = to_columns(Goal, goals, texts).root if named.source.column.kind == "goals" else None
    return ListColumn(Lists(begins, flat, records), whole.places)


def read_modifiers(named: Named, columns: Sequence[pa.ChunkedArray], texts: Texts, wrong: list[Wrong]) -> ListColumn:
    """Columns of one modifier each as lists, in the order of the columns; an empty cell is left out."""
    parts = [read_lists(named, column, texts, wrong).taken() for column in columns]
    lengths = np.stack([np.diff(one.begins) for one in parts], axis=1)
    order = np.argsort(np.concatenate([np.repeat(np.arange(len(row)), row) for row in lengths.T]), kind="stable")
    begins = np.append(0, np.cumsum(lengths.sum(axis=1)))
    flat = np.concatenate([one.flat for one in parts])[order]
    return ListColumn(Lists(np.append(begins, begins[-1]), flat), np.arange(begins.size - 1))


@functools.lru_cache(maxsize=64)
def _kept(_named: Named) -> dict[str, Sequence[Any]]:
    """What cells of a column hold is the same in the next block of rows."""
    return {}


def _elements(named: Named, values: Sequence[Any]) -> Sequence[Any]:
    """The elements of a list: integers where they are the same in every block, else texts or goals."""
    match named.source.column.kind:
        case "times":
            return tuple(tuple(map(int, value)) for value in values)
        case "numbers":
            return tuple(map(int, values))
    return tuple(map(modifier_number, values)) if named.column == "modifiers" else tuple(values)
