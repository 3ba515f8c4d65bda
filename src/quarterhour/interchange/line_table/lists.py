"""Cells that hold several values: modifiers, diagnoses, pointers, and times from and to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa

from quarterhour.domain.clock import Clock
from quarterhour.domain.code import modifier_number
from quarterhour.domain.columns import ABSENT, IntArray, Table, Texts
from quarterhour.domain.errors import BadClock, DomainError
from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Modifier, Pointer
from quarterhour.interchange.line_table.cells import Cells, Wrong, cells
from quarterhour.interchange.visit_json import words

_PARTS: Final = re.compile(r"[\s,;]+")
_INTERVAL: Final = re.compile(r"(\d?\d:\d\d)\s*(?:-|–|to)\s*(\d?\d:\d\d)")


class Lists(msgspec.Struct, frozen=True):
    """For every row a list of integers (of pairs, for times): ``flat[begins[r] : begins[r + 1]]``."""

    begins: IntArray
    flat: IntArray

    def fill(self, table: Table, order: IntArray | None = None) -> None:
        """Put the lists, of the rows in ``order`` if one is given, into a child table."""
        lists = self if order is None else self.taken(order)
        table.offsets, table.rows = lists.begins, int(lists.begins[-1])
        if lists.flat.ndim > 1:
            table.columns = {str(place): lists.flat[:, place] for place in range(lists.flat.shape[1])}
        else:
            table.columns = {"value": lists.flat}

    def taken(self, rows: IntArray) -> Lists:
        """The lists of some rows."""
        lengths = (self.begins[1:] - self.begins[:-1])[rows]
        begins = np.append(0, np.cumsum(lengths))
        places = np.arange(int(begins[-1])) - np.repeat(begins[:-1] - self.begins[:-1][rows], lengths)
        return Lists(begins, self.flat[places])


def read_lists(name: str, column: pa.ChunkedArray, hint: Any, texts: Texts, wrong: list[Wrong]) -> Lists:
    """A column of lists, or of texts that hold several values."""
    kind = column.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        array = column.combine_chunks()
        lengths = array.value_lengths().fill_null(0).to_numpy().astype(np.int64)
        inner = cells(pa.chunked_array([array.flatten()]))
        rows_of = np.repeat(np.arange(lengths.size), lengths)
        numbers, bad = _each(name, inner.values, hint, texts)
        for place, message in bad.items():
            wrong.append(Wrong(np.unique(rows_of[inner.places == place]), name, message))
        return Lists(np.append(0, np.cumsum(lengths)), numbers[inner.places])
    whole = cells(column)
    split = [_PARTS.split(text) for text in whole.values]
    distinct = {part: place for place, part in enumerate(dict.fromkeys(part for parts in split for part in parts))}
    numbers, bad = _each(name, list(distinct), hint, texts)
    for place, parts in enumerate(split):
        messages = [bad[distinct[part]] for part in parts if distinct[part] in bad]
        if messages:
            wrong.append(Wrong(np.flatnonzero(whole.places == place), name, messages[0]))
    return _spread(whole, [[int(numbers[distinct[part]]) for part in parts] for parts in split])


def read_modifiers(columns: Sequence[tuple[str, pa.ChunkedArray]], texts: Texts, wrong: list[Wrong]) -> Lists:
    """Columns of one modifier each as lists, in the order of the columns; an empty cell is left out."""
    rows = len(columns[0][1])
    numbers = np.full((rows, len(columns)), ABSENT)
    for place, (name, column) in enumerate(columns):
        inner = cells(column)
        read, bad = _each(name, inner.values, Modifier, texts)
        for nth, message in bad.items():
            wrong.append(Wrong(np.flatnonzero(inner.places == nth), name, message))
        numbers[:, place] = read[inner.places]
    there = numbers != ABSENT
    return Lists(np.append(0, np.cumsum(there.sum(axis=1))), numbers[there])


def read_intervals(name: str, column: pa.ChunkedArray, wrong: list[Wrong]) -> Lists:
    """A column of times such as ``09:00-09:24``, several in one cell parted by blanks, commas or semicolons."""
    whole = cells(column)
    pairs: list[list[tuple[int, int]]] = []
    for place, text in enumerate(whole.values):
        found = _times(text)
        pairs.append(found or [])
        if not found:
            message = f"expected times such as 09:00-09:24, got {words.shown(text)}"
            wrong.append(Wrong(np.flatnonzero(whole.places == place), name, message))
    return _spread(whole, pairs, width=2)


def _times(text: str) -> list[tuple[int, int]] | None:
    """The pairs of times a cell holds, None where it holds anything else."""
    if _PARTS.sub("", _INTERVAL.sub("", text)):
        return None
    try:
        return [(int(Clock.parse(one[1])), int(Clock.parse(one[2]))) for one in _INTERVAL.finditer(text)]
    except BadClock:
        return None


def _each(name: str, values: Sequence[str], hint: Any, texts: Texts) -> tuple[IntArray, dict[int, str]]:
    """The number of each different text (a last ABSENT for empty cells), and what is wrong with some."""
    numbers = np.full(len(values) + 1, ABSENT)
    bad: dict[int, str] = {}
    for place, text in enumerate(values):
        if hint is str:
            numbers[place] = texts.position(text)
            continue
        value: Any = int(text) if hint == Pointer and text.isdecimal() else text
        try:
            read = from_builtins(value, hint)
        except (msgspec.ValidationError, DomainError):
            bad[place] = words.wrong(hint, value, name)
        else:
            numbers[place] = read if hint == Pointer else modifier_number(read)
    return numbers, bad


def _spread(whole: Cells, lists: Sequence[Sequence[Any]], width: int = 1) -> Lists:
    """The list of every row from those of the different cells."""
    lengths = np.array([*map(len, lists), 0], dtype=np.int64)
    flat = np.array([value for one in lists for value in one], dtype=np.int64).reshape((-1, width) if width > 1 else -1)
    begins = np.append(0, np.cumsum(lengths))
    return Lists(begins, flat).taken(np.where(whole.places == ABSENT, len(lists), whole.places))
