"""The first step: read a piece of the input and deal its rows into parts by patient.

A piece becomes files of rows, each with one record batch a part, so that a part later takes its rows from every file
without reading the rest. Rows keep their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa

from quarterhour.domain.columns import ABSENT, IntArray
from quarterhour.domain.marks import mark_of
from quarterhour.interchange.errors import Unreadable
from quarterhour.workflows.scrub.plan import Piece, Plan
from quarterhour.workflows.scrub.records import RECORD, of_file, of_lines
from quarterhour.workflows.scrub.rows import PLACE, csv_tables, key_columns, parquet_tables, readable, stacked
from quarterhour.workflows.scrub.steps import drafted, once
from quarterhour.workflows.scrub.ways import Ways

#: A file takes up so many places in the order of all rows; no file has more rows.
FILE_SPAN: Final = 1 << 40
#: A column in which every so-manieth row differs is kept as text: a list of its different values would save nothing.
_MANY: Final = 4


class Dealt(msgspec.Struct, frozen=True):
    """What became of a piece: how many files of rows there are, how many rows, and what was wrong with it."""

    files: int
    rows: int
    unknown: dict[str, str | None] = {}
    failure: str | None = None


def dealt_file(piece: Piece) -> str:
    """The name of the file that says what became of a piece."""
    return f"piece-{piece.number:05d}.json"


def rows_file(piece: int, nth: int) -> str:
    """The name of a file of rows."""
    return f"rows-{piece:05d}-{nth:05d}.arrow"


def deal(piece: Piece, plan: Plan, folder: Path, ways: Ways) -> Dealt:
    """Read a piece and write its files of rows; nothing is done where that was done before."""
    return once(folder / dealt_file(piece), Dealt, lambda: _deal(piece, plan, folder, ways))


def _deal(piece: Piece, plan: Plan, folder: Path, ways: Ways) -> Dealt:
    files = rows = 0
    unknown: dict[str, str | None] = {}
    failure = None
    try:
        for table, strange in _tables(piece, plan.lines_at_once, ways):
            unknown |= strange
            if table.num_rows:
                part = parts_of(table, plan.parts)
                write_parts(folder / rows_file(piece.number, files), table, part, plan.parts)
                files += 1
                rows += table.num_rows
    except Unreadable as error:
        # What was read of a file that ends in the middle is not judged: half a patient is another patient.
        failure, files, rows = error.message, 0, 0
    return Dealt(files, rows, unknown, failure)


def read_piece(piece: Piece, plan: Plan, ways: Ways) -> tuple[list[pa.Table], Dealt]:
    """All rows of a piece as one table, or none, and what became of it."""
    unknown: dict[str, str | None] = {}
    tables: list[pa.Table] = []
    try:
        for table, strange in _tables(piece, plan.lines_at_once, ways):
            unknown |= strange
            tables.append(table)
    except Unreadable as error:
        return [], Dealt(0, 0, unknown, error.message)
    rows = sum(table.num_rows for table in tables)
    return [stacked(tables)] if rows else [], Dealt(0, rows, unknown)


def write_parts(path: Path, table: pa.Table, part: IntArray, parts: int) -> None:
    """Write rows to a file with one record batch a part, the rows of each in their order."""
    # Numbers of 16 bits are put in order by counting.
    order = np.argsort(part.astype(np.uint16), kind="stable")
    begins = np.concatenate(([0], np.cumsum(np.bincount(part, minlength=parts))))
    (whole,) = _sparing(table, parts).take(pa.array(order)).combine_chunks().to_batches() or [None]
    if whole is None:
        return
    with drafted(path) as draft, pa.OSFile(str(draft), "wb") as sink, pa.ipc.new_file(sink, whole.schema) as writer:
        for begin, end in zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True):
            writer.write_batch(whole.slice(begin, end - begin))


def read_part(path: Path, part: int) -> pa.Table:
    """The rows of one part of a file of :func:`write_parts`."""
    with pa.memory_map(str(path)) as source:
        return pa.Table.from_batches([pa.ipc.open_file(source).get_batch(part)])


def part_of(texts: list[str], parts: int) -> IntArray:
    """The part of every text."""
    return np.array([mark_of(text) % parts for text in texts], dtype=np.int64)


def _tables(piece: Piece, lines: int, ways: Ways) -> Iterator[tuple[pa.Table, dict[str, str | None]]]:
    """The rows of a piece in blocks, each with its unknown columns.

    Raises:
        Unreadable: where the file is not what it should be, or breaks off.
        OSError: where the machine cannot read it.

    """
    begin = piece.file * FILE_SPAN + piece.row
    path = Path(piece.path)
    with readable():
        if piece.kind == "parquet":
            yield from parquet_tables(path, piece.groups, begin, lines, ways.mapping, ways.columns)
        elif piece.kind == "csv":
            yield from csv_tables(path, begin, lines, ways.mapping, ways.columns)
        else:
            reader = of_lines if piece.kind == "record-lines" else of_file
            yield from ((table, {}) for table in reader(path, begin, lines))


def parts_of(table: pa.Table, parts: int) -> IntArray:
    """The part of every row: by patient, else by visit, else any."""
    part: IntArray = table.column(PLACE).to_numpy() % parts
    nobody = np.ones(table.num_rows, dtype=np.bool_)
    for values in key_columns(table):
        named = values.places != ABSENT
        part = np.where(nobody & named, np.append(part_of(values.values, parts), 0)[values.places], part)
        nobody &= ~named
        if not nobody.any():
            break
    return part


def _sparing(table: pa.Table, parts: int) -> pa.Table:
    """The table with its texts as lists of different values where there are few, plain where there are many.

    A part has to read such a list whole, so it should not be longer than the part has rows.
    """
    many = max(_MANY, parts)
    for place, field in enumerate(table.schema):
        column: Any = table.column(place)
        if pa.types.is_dictionary(field.type):
            column = column.unify_dictionaries().combine_chunks()
            if isinstance(column, pa.ChunkedArray):
                column = column.chunk(0) if column.num_chunks else pa.array([], field.type)
            if len(column.dictionary) * many > len(column):
                column = column.cast(pa.string())
            table = table.set_column(place, field.name, column)
        elif pa.types.is_string(field.type) and field.name != RECORD:
            coded = column.combine_chunks().dictionary_encode()
            if len(coded.dictionary) * many <= len(coded):
                table = table.set_column(place, field.name, coded)
    return table
