"""Tables of service lines on their way to a part: read in blocks, only the columns that are known."""

from __future__ import annotations

import csv
import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np
import pyarrow as pa

from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.line_table import mapped, our_names, unknown_columns
from quarterhour.interchange.line_table.cells import Cells, cells
from quarterhour.interchange.tabular import Mapping
from quarterhour.interchange.tabular.rows import ragged

if TYPE_CHECKING:
    import pyarrow.parquet as pq

#: Where a row stands among all rows of all files, from 0.
PLACE: Final = "quarterhour.place"
#: What is wrong with a row that has more or fewer cells than the head; only tables with such rows have the column.
RAGGED: Final = "quarterhour.ragged"
PATIENT: Final = "patient_id"
VISIT: Final = "visit_id"
_DELIMITERS: Final = ",;\t|"
_BLOCK: Final = 8 << 20
_DAMAGED: Final = "damaged, or not what its name says"


class Slip(msgspec.Struct, frozen=True):
    """What cannot be read in a row."""

    row: int
    column: str
    message: str


#: The columns that are read, by our names; None: all that are known.
Only = Collection[str] | None
Block = tuple[pa.Table, dict[str, str | None]]


@contextmanager
def readable() -> Iterator[None]:
    """Tell a file that is not what it should be from a machine that cannot read it.

    Raises:
        Unreadable: of the file, with no word of what stands in it.
        OSError: of the machine.

    """
    try:
        yield
    except MemoryError:  # Arrow's own is an ArrowException as well
        raise
    except UnicodeDecodeError:
        raise Unreadable("cannot be read: not text in UTF-8") from None
    except (pa.ArrowException, csv.Error) as error:
        # Arrow's own sentence may repeat what stands in a row.
        raise Unreadable(f"cannot be read: {_DAMAGED}") from error
    except OSError as error:
        # Arrow says by one, without a number, that what it reads makes no sense.
        if error.errno is not None:
            raise
        raise Unreadable(f"cannot be read: {_DAMAGED}") from error


def parquet_tables(
    path: Path, groups: Sequence[int], begin: int, lines: int, mapping: Mapping | None, only: Only = None
) -> Iterator[Block]:
    """Some row groups of a Parquet file in blocks, and its unknown columns; ``begin`` is the place of the first row."""
    import pyarrow.parquet as pq

    told = footer(path, path.stat().st_mtime_ns)
    schema = told.schema.to_arrow_schema()
    wanted = _wanted(schema.names, mapping, only)
    strange = unknown_columns(schema.names, mapping)
    texts = [name for name in wanted if _is_text(schema.field(name).type)]
    fixed = mapping.constants if mapping else {}
    filled = [name for name, ours in wanted.items() if ours in fixed or not _is_empty(told, name, groups)]
    with pq.ParquetFile(path, metadata=told, memory_map=True, read_dictionary=texts) as file:
        columns = filled or list(wanted)
        for batch in file.iter_batches(lines, row_groups=list(groups), columns=columns, use_threads=False):
            yield _placed(mapped(pa.Table.from_batches([batch]), wanted, mapping), begin), strange
            begin += batch.num_rows


@functools.lru_cache(maxsize=64)
def footer(path: Path, _changed: int) -> pq.FileMetaData:
    """What a Parquet file says of itself; that of a file with many row groups is long, so it is read once."""
    import pyarrow.parquet as pq

    return pq.read_metadata(path)


def _is_empty(told: pq.FileMetaData, name: str, groups: Sequence[int]) -> bool:
    """Whether the file says that a column holds nothing in these row groups."""
    leaf = next((place for place in range(told.num_columns) if told.schema.column(place).path == name), None)
    for group in groups if leaf is not None else ():
        of_group = told.row_group(group)
        statistics = of_group.column(leaf).statistics
        if statistics is None or not statistics.has_null_count or statistics.null_count != of_group.num_rows:
            return False
    return leaf is not None and bool(groups)


def stacked(tables: Sequence[pa.Table]) -> pa.Table:
    """Tables of one file as one.

    A column that is a list of different values in some and plain in others is plain; one that some have not is empty
    there.
    """
    kinds: dict[str, set[pa.DataType]] = {}
    for table in tables:
        for field in table.schema:
            kinds.setdefault(field.name, set()).add(field.type)
    unlike = [name for name, types in kinds.items() if len(types) > 1]
    alike = []
    for table in tables:
        one = table
        for name in unlike:
            if name in one.column_names:
                place = one.column_names.index(name)
                one = one.set_column(place, name, one.column(place).cast(pa.string()))
        alike.append(one)
    return pa.concat_tables(alike, promote_options="default")


def csv_tables(path: Path, begin: int, lines: int, mapping: Mapping | None, only: Only = None) -> Iterator[Block]:
    """A CSV file in blocks, every cell as text, and its unknown columns.

    From the block on that has a row with more or fewer cells than the head it is read row by row.
    """
    names, delimiter = _head(path)
    wanted = _wanted(names, mapping, only)
    strange = unknown_columns(names, mapping)
    if not wanted:
        raise pa.ArrowInvalid("no known column")
    first = begin
    try:
        for table in _blocks(_batches(path, delimiter, list(wanted)), lines):
            yield _placed(mapped(table, wanted, mapping), begin), strange
            begin += table.num_rows
    except pa.ArrowInvalid as error:
        # What is wrong is told only in words.
        if not ("Expected" in str(error) and "columns" in str(error)):
            raise
        for table, wrong in _row_by_row(path, names, delimiter, list(wanted), begin - first, lines):
            yield _placed(mapped(table, wanted, mapping).append_column(RAGGED, wrong), begin), strange
            begin += table.num_rows


def _batches(path: Path, delimiter: str, columns: list[str]) -> Iterator[pa.RecordBatch]:
    """Some columns of a CSV file as text."""
    from pyarrow import csv as arrow_csv

    yield from arrow_csv.open_csv(
        path,
        read_options=arrow_csv.ReadOptions(block_size=_BLOCK, use_threads=False),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=columns,
            column_types=dict.fromkeys(columns, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )


def _blocks(batches: Iterable[pa.RecordBatch], lines: int) -> Iterator[pa.Table]:
    """Tables of at least so many rows; the last may have fewer."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= lines:
            yield pa.Table.from_batches(held)
            held, rows = [], 0
    if held:
        yield pa.Table.from_batches(held)


def _row_by_row(
    path: Path, names: Sequence[str], delimiter: str, wanted: Sequence[str], skipped: int, lines: int
) -> Iterator[tuple[pa.Table, pa.Array]]:
    """The rows behind the first so many, in blocks, each block with what is wrong with the cells of its rows."""
    at = {name: names.index(name) for name in wanted}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        next(reader)
        rows = islice((cells for cells in reader if cells), skipped, None)
        while held := list(islice(rows, lines)):
            columns = {
                name: pa.array([(cells[place] or None) if place < len(cells) else None for cells in held], pa.string())
                for name, place in at.items()
            }
            wrong = [None if len(cells) == len(names) else ragged(len(cells), len(names)) for cells in held]
            yield pa.table(columns), pa.array(wrong, pa.string())


def _wanted(names: Sequence[str], mapping: Mapping | None, only: Only) -> dict[str, str]:
    """The columns of a file that are read, with our names for them."""
    return {name: ours for name, ours in our_names(names, mapping).items() if only is None or ours in only}


def key_columns(table: pa.Table) -> Iterator[Cells]:
    """The columns that say to whom a row belongs, the patient's first."""
    for name in (PATIENT, VISIT):
        if name in table.column_names:
            yield cells(table.column(name))


def _placed(table: pa.Table, begin: int) -> pa.Table:
    return table.append_column(PLACE, pa.array(np.arange(begin, begin + table.num_rows)))


def _head(path: Path) -> tuple[list[str], str]:
    """The names of the columns and what parts the cells: of the usual signs the one the head has most of."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        line = stream.readline()
        delimiter = max(_DELIMITERS, key=line.count)
        stream.seek(0)
        return next(csv.reader(stream, delimiter=delimiter), []), delimiter


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
