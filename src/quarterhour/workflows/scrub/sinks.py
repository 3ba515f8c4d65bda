"""Findings into a file: Parquet, CSV or JSON lines, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from quarterhour.workflows.errors import BadRequest

Sink = Callable[[pa.Table], None]
FORMATS: Final = (".parquet", ".csv", ".jsonl")
#: Held as JSON already.
_JSON: Final = "numbers"


def format_of(path: Path) -> str:
    """The format a file's name asks for.

    Raises:
        BadRequest: for any other name.

    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        msg = f"findings are written as {', '.join(FORMATS)}; {path.name} is none of these by its name"
        raise BadRequest(msg)
    return suffix


@contextmanager
def writer(path: Path, suffix: str, schema: pa.Schema) -> Iterator[Sink]:
    """A file that takes tables of findings."""
    if suffix == ".parquet":
        import pyarrow.parquet as pq

        # Only what repeats is worth a list of its different values, and only what is looked for in ranges its bounds.
        repeated = [field.name for field in schema if pa.types.is_dictionary(field.type)]
        with pq.ParquetWriter(
            path, schema, compression="zstd", use_dictionary=repeated, write_statistics=["row", "rule"]
        ) as file:
            yield file.write_table
    elif suffix == ".csv":
        from pyarrow import csv

        plain = pa.schema([(field.name, plain_type(field.type)) for field in schema])
        with csv.CSVWriter(path, plain) as file:
            yield lambda table: file.write_table(table.cast(plain))
    else:
        with path.open("wb") as stream:
            yield lambda table: _write_lines(table, stream.write)


def plain_type(kind: pa.DataType) -> pa.DataType:
    """The type of a column's values, whether or not it is kept as a list of different ones."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _write_lines(table: pa.Table, write: Callable[[bytes], object]) -> None:
    """Each row as a JSON object: every different text is made JSON once."""
    parts: list[pa.Array | pa.Scalar] = []
    for place, name in enumerate(table.column_names):
        parts += [pa.scalar(("{" if place == 0 else ",") + f'"{name}":'), _as_json(name, table.column(place))]
    lines = pc.binary_join_element_wise(
        *parts, pa.scalar("}"), pa.scalar(""), null_handling="replace", null_replacement="null"
    )
    for chunk in lines.chunks if isinstance(lines, pa.ChunkedArray) else [lines]:
        write("\n".join(chunk.to_pylist()).encode() + b"\n")


def _as_json(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_dictionary(column.type) and not pa.types.is_string(column.type):
        return column.cast(pa.string())
    coded = column.combine_chunks()
    coded = coded if pa.types.is_dictionary(coded.type) else coded.dictionary_encode()
    texts = coded.dictionary.to_pylist()
    shown = texts if name == _JSON else [None if text is None else msgspec.json.encode(text).decode() for text in texts]
    return pa.chunked_array([pa.array(shown, pa.string()).take(coded.indices)])
