"""The files somebody names: what kind each is, by its content, how long it is, and what tells it from another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

import msgspec

from quarterhour.interchange.tabular import Mapping
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.inputs import MAY_BE_FHIR, is_x12, is_x12_file, walk
from quarterhour.workflows.tables import is_of_claims, is_table_file, what_it_lacks

Kind = Literal["parquet", "csv", "records", "record-lines", "x12", "fhir", "claim-lines"]
#: Kinds of files that hold claims; one of FHIR may hold visits as well.
CLAIM_KINDS: Final = frozenset({"x12", "fhir", "claim-lines"})
#: In a folder only visit records, FHIR, X12 and tables are read; a file named by itself is always read.
_RECORDS: Final = {".json", ".jsonl", ".ndjson", ".fhir"}
LINES: Final = {".jsonl", ".ndjson"}
_PARQUET: Final = b"PAR1"
#: What a line has once in each kind of file; how often it stands in the first block tells how many lines there are.
_SIGNS: Final = {
    "csv": b"\n", "claim-lines": b"\n", "record-lines": b"\n", "records": b'"date_of_service"', "x12": b"LX*",
}  # fmt: skip
#: About so many bytes a line takes where the first block has no such sign.
_BYTES_A_LINE: Final = {"csv": 110, "records": 350, "record-lines": 250, "x12": 160, "fhir": 1500, "claim-lines": 110}
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


def files_of(
    paths: Iterable[str | Path], mapping: Mapping | None, *, claims: bool = True
) -> tuple[list[File], list[str]]:
    """The files named, those in folders included, and the files of folders that were left aside.

    Without ``claims`` files of claims and of FHIR are left aside, or cannot be read where they are named.

    Raises:
        BadRequest: for standard input, which cannot be read twice.

    """
    found: list[File] = []
    aside: list[str] = []
    for path in map(Path, paths):
        if str(path) == "-":
            raise BadRequest("a scrub reads files, not standard input: after a stop it goes on where it was")
        if not path.is_dir():
            file = _file(path, mapping)
            if file.kind in CLAIM_KINDS and not claims:
                file = msgspec.structs.replace(file, failure="claims, which quarterhour check and scrub read")
            found.append(file)
            continue
        for within in walk(path):
            file_within = _within(within, mapping)
            if file_within and (claims or file_within.kind not in CLAIM_KINDS):
                found.append(file_within)
            else:
                aside.append(str(within))
    return found, aside


def _within(path: Path, mapping: Mapping | None) -> File | None:
    """A file of a folder; None where nothing promises visits or claims in it."""
    suffix = path.suffix.lower()
    if suffix in _RECORDS or is_table_file(path, mapping) or is_x12_file(path):
        return _file(path, mapping)
    # A damaged file may have been a table of visits; silence would hide what was not judged.
    damaged = _file(path, mapping) if suffix == ".parquet" else None
    return damaged if damaged and damaged.failure else None


def _file(path: Path, mapping: Mapping | None) -> File:
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
    kind = _kind(path, begin, mapping)
    groups: tuple[int, ...] = ()
    failure = None
    lines = _estimate(kind, begin, told.st_size)
    if kind == "parquet":
        groups, failure = _row_groups(path)
        lines = sum(groups)
    elif begin.startswith(_PARQUET):
        lines = sum(_row_groups(path)[0])
    if failure is None and kind in ("csv", "parquet"):
        failure = what_it_lacks(path, mapping)
    return File(str(path), kind, told.st_size, told.st_mtime_ns, fingerprint, lines, groups, failure)


def _estimate(kind: Kind, begin: bytes, size: int) -> int:
    """How many lines a file of text of so many bytes has, going by its first block."""
    held = begin.count(_SIGNS[kind]) if kind in _SIGNS else 0
    if not held:
        return size // _BYTES_A_LINE.get(kind, 1) + 1
    lines = held * size // len(begin) + (_SIGNS[kind] == b"\n" and not begin.endswith(b"\n"))
    return max(1, lines - (kind in ("csv", "claim-lines")))  # less the head


def _kind(path: Path, begin: bytes, mapping: Mapping | None) -> Kind:
    text = begin.removeprefix(b"\xef\xbb\xbf").lstrip()
    if is_x12(begin, path):
        return "x12"
    if begin.startswith(_PARQUET):
        return "claim-lines" if is_of_claims(path, mapping) else "parquet"
    if MAY_BE_FHIR.search(begin):
        return "fhir"
    if path.suffix.lower() in LINES:
        return "record-lines"
    if not text.startswith((b"{", b"[")):
        return "claim-lines" if is_of_claims(path, mapping) else "csv"
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
