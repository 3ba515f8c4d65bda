"""The rows of a file, whatever its form: the header, then batches of rows with the number of each."""

from __future__ import annotations

import csv
import sys
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

import msgspec

from quarterhour.domain.plural import counted
from quarterhour.interchange.errors import InterchangeError, Unreadable
from quarterhour.interchange.tabular.errors import NotATable

PARQUET: Final = b"PAR1"
_DELIMITERS: Final = (",", ";", "\t", "|")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
#: A cell can be a whole note.
_LONGEST_CELL: Final = 10_000_000


class Rows(msgspec.Struct):
    """The names of a file's columns, and its rows as (number, cells); a line of text counts from 1, so does a row."""

    names: list[str]
    rows: Generator[tuple[int, list[Any]], None, None]
    kind: str
    stream: IO[Any]

    def close(self) -> None:
        """Let go of the file."""
        self.rows.close()
        self.stream.close()


def open_rows(path: str | Path | BinaryIO, batch: int) -> Rows:
    """The rows of a Parquet file, or of a text file with a header line; ``batch`` is how many are read at a time.

    Raises:
        Unreadable: if it is neither, not UTF-8, or empty.
        NotInstalled: for Parquet without pyarrow.

    """
    stream = Path(path).open("rb") if isinstance(path, str | Path) else path  # noqa: SIM115  (open as long as rows come)
    try:
        stream.seek(0)
        first = stream.read(len(PARQUET))
        stream.seek(0)
        return _parquet(stream, batch) if first == PARQUET else _text(stream, first)
    except InterchangeError:
        stream.close()
        raise


def header(line: str) -> tuple[list[str], str]:
    """The names in a header line, and what parts them: of comma, semicolon, tab and bar the one that parts most.

    Raises:
        NotATable: if it cannot be parted: a cell is too long for a name.

    """
    delimiter = max(_DELIMITERS, key=line.count)
    try:
        cells = next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
    except csv.Error:
        raise NotATable("the first line does not hold the names of columns", 1, 1) from None
    return [name.strip() for name in cells], delimiter


def ragged(cells: int, columns: int) -> str:
    """What is wrong with a row that has more or fewer cells than there are columns."""
    remedy = "; quote a cell that holds what parts cells" if cells > columns else ""
    return f"{counted(cells, 'cell')}, but {counted(columns, 'column')}{remedy}"


def _text(stream: BinaryIO, first: bytes) -> Rows:
    if first.startswith(_UTF16):
        raise Unreadable("not UTF-8 but UTF-16; save it as UTF-8")
    import io

    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        top = text.readline()
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8; save it as UTF-8", 1, 1) from None
    if not top.strip():
        raise NotATable("the first line is empty; it must hold the names of the columns", 1, 1)
    names, delimiter = header(top)
    return Rows(names, _lines(text, delimiter), "csv", text)


def _lines(text: Any, delimiter: str) -> Generator[tuple[int, list[Any]], None, None]:
    csv.field_size_limit(min(_LONGEST_CELL, sys.maxsize))
    reader = csv.reader(text, delimiter=delimiter)
    last = 0
    try:
        for cells in reader:
            number, last = last + 2, reader.line_num
            if any(cells):
                yield number, cells
    except csv.Error:
        raise Unreadable("a quote is not closed, or a cell is too long", last + 2, 1) from None
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8; save it as UTF-8", last + 2, 1) from None


def _parquet(stream: BinaryIO, batch: int) -> Rows:
    from quarterhour.interchange.tabular.arrow import parquet_of

    file = parquet_of(stream)
    return Rows(list(file.schema_arrow.names), _parquet_rows(file, batch), "parquet", stream)


def _parquet_rows(file: Any, batch: int) -> Generator[tuple[int, list[Any]], None, None]:
    number = 0
    for each in file.iter_batches(batch_size=batch):
        columns = [column.to_pylist() for column in each.columns]
        for cells in zip(*columns, strict=True):
            number += 1
            yield number, list(cells)
