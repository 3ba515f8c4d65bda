"""The rows of one part, of all files, as columns of visits with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quarterhour.domain.columns import Columns, IntArray, joined, to_columns
from quarterhour.domain.visit import Visit
from quarterhour.interchange.line_table import lay_out
from quarterhour.interchange.line_table.cells import Wrong
from quarterhour.policy import Policy
from quarterhour.workflows.scrub.deal import FILE_SPAN, read_part
from quarterhour.workflows.scrub.records import RECORD, read_records
from quarterhour.workflows.scrub.rows import PLACE, RAGGED, VISIT, key_columns, stacked


class Part(msgspec.Struct, frozen=True):
    """Visits of a part in the order of their rows.

    ``ids`` are the visits' ids as they are shown; ``visits`` and ``lines`` the places of every visit's and every line's
    row. ``origins`` are the tables of rows, one a file, each with the row in it of every line that came from it.
    ``slips`` are place, column and message of what cannot be read.
    """

    columns: Columns[Visit]
    ids: pa.ChunkedArray
    visits: IntArray
    lines: IntArray
    origins: tuple[tuple[pa.Table, IntArray], ...]
    slips: tuple[tuple[int, str, str], ...]


def read_rows(paths: Iterable[Path], part: int) -> Iterator[pa.Table]:
    """The rows of a part, a table for every file they came from, in the order of the files.

    ``paths`` are the files of rows, in order.
    """
    return by_file(tables_of_part(paths, part))


def tables_of_part(paths: Iterable[Path], part: int) -> Iterator[pa.Table]:
    """The rows of a part as they lie in files of rows."""
    return (read_part(path, part) for path in paths)


def by_file(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Tables of rows put together, one for every file the rows came from; what is empty is left out."""
    filled = (table for table in tables if table.num_rows)
    for _, of_file in groupby(filled, key=lambda table: int(table.column(PLACE)[0].as_py()) // FILE_SPAN):
        yield stacked(list(of_file))


def lay_out_part(tables: Iterable[pa.Table], policy: Policy, payer: str | None) -> Part:
    """Make visits of the rows; ``payer`` is the default one, if there is any."""
    columns: list[Columns[Visit]] = []
    ids: list[pa.Array] = []
    visits: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    lines: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    origins: list[tuple[pa.Table, IntArray]] = []
    slips: list[tuple[int, str, str]] = []
    for table in tables:
        place = table.column(PLACE).to_numpy()
        if RECORD in table.column_names:
            records = read_records(table, known=policy.payers.__contains__, payer_needed=payer is None)
            laid, first = records.columns, records.first
            rows = np.repeat(first, laid.root.children["services"].counts())
            slips += [(int(place[one.row]), one.column, one.message) for one in records.slips]
        else:
            found = lay_out(
                table.drop_columns([PLACE]),
                payers=policy.payers,
                payer_needed=payer is None,
                unreadable=list(_ragged(table)),
            )
            laid, first, rows = found.columns, found.first, found.rows
            slips += [(at, wrong.column, wrong.message) for wrong in found.wrong for at in place[wrong.rows].tolist()]
        columns.append(laid)
        ids += _ids(table, first)
        visits.append(place[first])
        lines.append(place[rows])
        origins.append((table, rows))
    whole = joined(columns) if columns else to_columns(Visit, [])
    shown = pa.chunked_array(ids, pa.string())
    return Part(whole, shown, np.concatenate(visits), np.concatenate(lines), tuple(origins), tuple(sorted(slips)))


def _ragged(table: pa.Table) -> Iterator[Wrong]:
    """Rows that have more or fewer cells than the head."""
    if RAGGED not in table.column_names:
        return
    told = table.column(RAGGED).to_pylist()
    for message in sorted({one for one in told if one is not None}):
        yield Wrong(np.array([row for row, one in enumerate(told) if one == message]), "", message)


def _ids(table: pa.Table, rows: IntArray) -> list[pa.Array]:
    """The visit ids of some rows as they are shown."""
    if VISIT not in table.column_names:
        return [pa.nulls(rows.size, pa.string())]
    shown = pc.utf8_trim_whitespace(table.column(VISIT).take(pa.array(rows)).cast(pa.string()))
    chunks: list[pa.Array] = pc.if_else(pc.equal(shown, ""), None, shown).chunks
    return chunks


def by_patient(table: pa.Table) -> pa.Table:
    """The rows patient by patient, those of a patient in their order: what belongs together is then sorted quickly."""
    patient = next(key_columns(table), None)
    return table if patient is None else table.take(pa.array(np.argsort(patient.places, kind="stable")))
