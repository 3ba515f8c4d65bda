"""Where pyarrow is needed: opening Parquet files and writing tables of the columns' own types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from quarterhour.domain.extras import installing
from quarterhour.interchange.errors import NotInstalled, Unreadable
from quarterhour.interchange.tabular.cells import cell_text
from quarterhour.interchange.tabular.columns import Column

_HOW = f"Parquet needs the extra batch: {installing('batch')}"


def parquet_of(stream: BinaryIO) -> Any:
    """A Parquet file that is open for reading.

    Raises:
        Unreadable: if it is none.
        NotInstalled: without pyarrow.

    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise NotInstalled(_HOW) from None
    try:
        return parquet.ParquetFile(stream)
    except pa.ArrowException:
        raise Unreadable("a Parquet file that is damaged or cut off") from None


def write_parquet(out: BinaryIO, columns: Sequence[Column], batches: Iterable[Sequence[Sequence[Any]]]) -> None:
    """Rows of plain values as a Parquet file; amounts stay decimal text, days and whole numbers have their types.

    Raises:
        NotInstalled: without pyarrow.

    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise NotInstalled(_HOW) from None
    types = {"date": pa.date32(), "number": pa.int32(), "list": pa.list_(pa.string()), "numbers": pa.list_(pa.int8()),
             "times": pa.list_(pa.string()), "codes": pa.list_(pa.string())}  # fmt: skip
    schema = pa.schema([(column.name, types.get(column.kind, pa.string())) for column in columns])
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for rows in batches:
            cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
            arrays = [
                pa.array([_value(cell, column) for cell in each], pa.string() if column.kind == "date" else kind.type)
                for each, column, kind in zip(cells, columns, schema, strict=True)
            ]
            cast = [array.cast(kind.type) for array, kind in zip(arrays, schema, strict=True)]
            writer.write_batch(pa.record_batch(cast, schema=schema))


def _value(cell: Any, column: Column) -> Any:
    if cell is None:
        return None
    if column.kind == "goals":
        return cell_text(cell, column.kind)
    return cell_text(cell, column.kind).split() if column.kind in {"times", "codes"} else cell
