"""The files somebody names: what kind each is, by its content, how long it is, and what tells it from another."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

import msgspec

from quarterhour.interchange.tabular import Mapping
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.tables import is_table_file

Kind = Literal["parquet", "csv", "records", "record-lines"]
#: In a folder only visit records and tables of visits are read; a file named by itself is always read.
_RECORDS: Final = {".json", ".jsonl", ".ndjson"}
_LINES: Final = {".jsonl", ".ndjson"}
_PARQUET: Final = b"PAR1"
_X12: Final = b"ISA"
#: About so many bytes a line takes in each kind of file, to know how many parts there will be.
_BYTES_A_LINE: Final = {"csv": 110, "records": 350, "record-lines": 250}
#: So much of either end of a file goes into its fingerprint, besides its length and when it was last changed.
_ENDS: Final = 1 << 16


class File(msgspec.Struct, frozen=True):
    """One input. ``failure`` is why nothing of it can be read; ``lines`` is an estimate but for Parquet."""

    path: str
    kind: Kind
    size: int
    changed: int
    fingerprint: str
    lines: int
    groups: tuple[int, ...] = ()
    failure: str | None = None


def files_of(paths: Iterable[str | Path], mapping: Mapping | None) -> tuple[list[File], list[str]]:
    """The files named, those in folders included, and the files of folders that were left aside.

    Raises:
        BadRequest: for standard input, which cannot be read twice.

    """
    found: list[File] = []
    aside: list[str] = []
    for path in map(Path, paths):
        if str(path) == "-":
            raise BadRequest("a scrub reads files, not standard input: after a stop it goes on where it was")
        if path.is_dir():
            for at, folders, names in os.walk(path):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in sorted(name for name in names if not name.startswith(".")):
                    within = Path(at) / name
                    suffix = within.suffix.lower()
                    if suffix in _RECORDS or is_table_file(within, mapping):
                        found.append(_file(within))
                    elif suffix == ".parquet" and (file := _file(within)).failure:
                        # A damaged file may have been a table of visits; silence would hide what was not judged.
                        found.append(file)
                    else:
                        aside.append(str(within))
        else:
            found.append(_file(path))
    return found, aside


def _file(path: Path) -> File:
    try:
        told = path.stat()
        with path.open("rb") as stream:
            begin = stream.read(_ENDS)
            stream.seek(max(0, told.st_size - _ENDS))
            end = stream.read(_ENDS)
    except OSError as error:
        why = "no such file or folder" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
        return File(str(path), "csv", 0, 0, "", 0, failure=why)
    fingerprint = hashlib.sha256(begin + end).hexdigest()
    kind = _kind(path, begin)
    if kind is None:
        why = "claims as X12 are read by quarterhour check; convert them to a table to scrub them"
        return File(str(path), "csv", told.st_size, told.st_mtime_ns, fingerprint, 0, failure=why)
    groups: tuple[int, ...] = ()
    failure = None
    lines = told.st_size // _BYTES_A_LINE.get(kind, 1) + 1
    if kind == "parquet":
        groups, failure = _row_groups(path)
        lines = sum(groups)
    return File(str(path), kind, told.st_size, told.st_mtime_ns, fingerprint, lines, groups, failure)


def _kind(path: Path, begin: bytes) -> Kind | None:
    text = begin.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begin.startswith(_PARQUET):
        return "parquet"
    if text.startswith(_X12):
        return None
    if path.suffix.lower() in _LINES:
        return "record-lines"
    if not text.startswith((b"{", b"[")):
        return "csv"
    first, _, rest = text.partition(b"\n")
    whole = first.strip().startswith(b"{") and first.strip().endswith(b"}")
    return "record-lines" if whole and rest.strip().startswith(b"{") else "records"


def _row_groups(path: Path) -> tuple[tuple[int, ...], str | None]:
    """How many lines every row group of a Parquet file has, and why it cannot be read if it cannot."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            told = file.metadata
            return tuple(told.row_group(place).num_rows for place in range(told.num_row_groups)), None
    except (pa.ArrowException, OSError):
        return (), "cannot be read: not a whole Parquet file"
