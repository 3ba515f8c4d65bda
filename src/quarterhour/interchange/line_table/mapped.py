"""A clinic's own columns under our names, by a mapping: its words, dates and signs between values as ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.line_table.cells import cells
from quarterhour.interchange.line_table.names import known_columns, plain
from quarterhour.interchange.tabular import Mapping as Mapped
from quarterhour.interchange.tabular.cells import BadCell, cell_text, plain_value
from quarterhour.interchange.tabular.mapping import Source


def our_names(names: Iterable[str], mapping: Mapped | None) -> dict[str, str]:
    """Those of a table's columns that are read, with our names for them."""
    known = frozenset(known_columns())
    found = {}
    for name in names:
        source = mapping.source(name) if mapping else None
        ours = source.column.name if source else plain(name)
        if ours in known:
            found[name] = ours
    return found


def mapped(table: pa.Table, ours: Mapping[str, str], mapping: Mapped | None) -> pa.Table:
    """The table under our names and in our forms, with the mapping's constants."""
    columns: dict[str, Any] = {}
    for name in table.column_names:
        source = mapping.source(name) if mapping else None
        own = source is not None and (source.values, source.date, source.split) != (None, None, None)
        column = _rewritten(table.column(name), source) if source and own else table.column(name)
        before = columns.get(ours[name])
        columns[ours[name]] = column if before is None else _joined(before, column)
    for name, value in (mapping.constants if mapping else {}).items():
        columns.setdefault(name, pa.array([value], pa.string()).take(pa.array([0] * table.num_rows, pa.int32())))
    return pa.table(columns)


def _rewritten(column: pa.ChunkedArray, source: Source) -> pa.Array:
    """The column with every different cell as we write it; what cannot be read stays, and is told when it is read."""
    found = cells(column)
    texts = [_text(text, source) for text in found.values]
    return pa.array([*texts, None], pa.string()).take(
        pa.array([place if place != ABSENT else len(texts) for place in found.places.tolist()])
    )


def _joined(first: Any, second: Any) -> Any:
    """Two columns that are parts of one list as one, with a blank between; an empty cell is none."""
    return pc.binary_join_element_wise(_as_text(first), _as_text(second), " ", null_handling="skip")


def _as_text(column: Any) -> Any:
    several = pa.types.is_list(column.type) or pa.types.is_large_list(column.type)
    return pc.binary_join(column.cast(pa.list_(pa.string())), " ") if several else column.cast(pa.string())


def _text(text: str, source: Source) -> str:
    try:
        return cell_text(plain_value(text, source), source.column.kind)
    except (BadCell, TypeError):
        return text
