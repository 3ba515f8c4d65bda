"""Cells that hold several values: modifiers, diagnoses, pointers, times from and to, and goals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quarterhour.domain.code import modifier_number
from quarterhour.domain.columns import ABSENT, IntArray, Table, Texts, to_columns
from quarterhour.domain.visit import Goal
from quarterhour.interchange.line_table.cells import Wrong, cells, value_of
from quarterhour.interchange.line_table.names import Named
from quarterhour.interchange.tabular.cells import BadCell


class Lists(msgspec.Struct, frozen=True):
    """For every row a list of integers, or of pairs for times: ``flat[begins[r] : begins[r + 1]]``.

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

    def taken(self, rows: IntArray) -> Lists:
        """The lists of some rows."""
        lengths = (self.begins[1:] - self.begins[:-1])[rows]
        begins = np.append(0, np.cumsum(lengths))
        places = np.arange(int(begins[-1])) - np.repeat(begins[:-1] - self.begins[:-1][rows], lengths)
        return Lists(begins, self.flat[places], self.records)


def read_lists(named: Named, column: pa.ChunkedArray, texts: Texts, wrong: list[Wrong]) -> Lists:
    """A column of lists, or of texts that hold several values. A different cell is read once."""
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), " ")
    whole = cells(column)
    lists: list[list[Any]] = []
    goals: list[Goal] = []
    for place, text in enumerate(whole.values):
        try:
            lists.append([_number(one, named, texts, goals) for one in value_of(named, text)])
        except BadCell as error:
            wrong.append(Wrong(np.flatnonzero(whole.places == place), named.name, str(error)))
            lists.append([])
    lengths = np.array([*map(len, lists), 0], dtype=np.int64)
    width = 2 if named.source.column.kind == "times" else 1
    flat = np.array([value for one in lists for value in one], dtype=np.int64).reshape((-1, width) if width > 1 else -1)
    begins = np.append(0, np.cumsum(lengths))
    records = to_columns(Goal, goals, texts).root if named.source.column.kind == "goals" else None
    return Lists(begins, flat, records).taken(np.where(whole.places == ABSENT, len(lists), whole.places))


def read_modifiers(named: Named, columns: Sequence[pa.ChunkedArray], texts: Texts, wrong: list[Wrong]) -> Lists:
    """Columns of one modifier each as lists, in the order of the columns; an empty cell is left out."""
    parts = [read_lists(named, column, texts, wrong) for column in columns]
    lengths = np.stack([np.diff(one.begins) for one in parts], axis=1)
    order = np.argsort(np.concatenate([np.repeat(np.arange(len(row)), row) for row in lengths.T]), kind="stable")
    return Lists(np.append(0, np.cumsum(lengths.sum(axis=1))), np.concatenate([one.flat for one in parts])[order])


def _number(value: Any, named: Named, texts: Texts, goals: list[Goal]) -> Any:
    """An element as its column has it; a goal is added to ``goals`` and its place is given."""
    match named.source.column.kind:
        case "times":
            return tuple(map(int, value))
        case "numbers":
            return int(value)
        case "goals":
            goals.append(value)
            return len(goals) - 1
    return modifier_number(value) if named.column == "modifiers" else texts.position(value)
