"""Which row groups of Parquet files hold all rows of their patients, as files written patient by patient do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.line_table import our_names
from quarterhour.interchange.tabular import Mapping
from quarterhour.workflows.scrub.rows import PATIENT, footer, readable
from quarterhour.workflows.scrub.source import File


class _Group(msgspec.Struct, frozen=True):
    """A row group and the least and greatest patient in it."""

    first: Any
    last: Any
    file: int
    place: int


def closed_runs(
    files: Sequence[File], mapping: Mapping | None, lines_at_once: int
) -> list[list[tuple[int, ...]]] | None:
    """The row groups of every file in runs, in their order, with all rows of a patient in one run.

    Files say of their row groups the least and greatest value of a column; where these stretches of patients are apart
    no patient recurs. None where a file does not say it, where they are not apart or a run has more lines than may be
    held at once, or where a patient's id is not written as it is compared, or is missing.
    """
    groups: list[_Group] = []
    columns = []
    for number, file in enumerate(files):
        if file.failure is not None:
            continue
        if file.kind != "parquet" or not file.groups:
            return None
        told = footer(Path(file.path), file.changed)
        names = our_names(told.schema.to_arrow_schema().names, mapping)
        named = [name for name, ours in names.items() if ours == PATIENT]
        source = mapping.source(named[0]) if mapping and len(named) == 1 else None
        if len(named) != 1 or (source is not None and source.values is not None):
            return None
        of_file = list(_stretches(told, named[0], number))
        if len(of_file) != len(file.groups):
            return None
        groups += of_file
        columns.append((file.path, named[0]))
    if len({type(group.first) for group in groups}) != 1:
        return None
    runs = _runs(groups, len(files))
    if runs is None or any(
        sum(file.groups[place] for place in run) > lines_at_once
        for file, of_file in zip(files, runs, strict=True)
        for run in of_file
    ):
        return None
    return runs if all(_as_compared(path, name) for path, name in columns) else None


def _stretches(metadata: Any, column: str, file: int) -> Iterator[_Group]:
    """The row groups of which it is told, and that leave no patient out."""
    leaf = next((place for place in range(metadata.num_columns) if metadata.schema.column(place).path == column), None)
    for place in range(metadata.num_row_groups) if leaf is not None else ():
        told = metadata.row_group(place).column(leaf).statistics
        if told is not None and told.has_min_max and told.has_null_count and told.null_count == 0:
            yield _Group(told.min, told.max, file, place)


def _runs(groups: Sequence[_Group], files: int) -> list[list[tuple[int, ...]]] | None:
    """Row groups whose patients may recur together; None where those are not side by side in one file."""
    together: list[list[_Group]] = []
    last: Any = None
    for group in sorted(groups, key=lambda group: (group.first, group.last)):
        if together and group.first <= last:
            together[-1].append(group)
            last = max(last, group.last)
        else:
            together.append([group])
            last = group.last
    found: list[list[tuple[int, ...]]] = [[] for _ in range(files)]
    for run in together:
        places = sorted(group.place for group in run)
        if len({group.file for group in run}) > 1 or any(two - one > 1 for one, two in pairwise(places)):
            return None
        found[run[0].file].append(tuple(places))
    return [sorted(runs) for runs in found]


def _as_compared(path: str, column: str) -> bool:
    """Whether every id of a column is whole as it is written: no blanks or apostrophe around it, and not empty."""
    try:
        with readable():
            return all(map(_whole, _ids(path, column)))
    except Unreadable:
        # Whoever reads the rows will tell.
        return False


def _ids(path: str, column: str) -> Iterator[pa.Array]:
    """The ids of a column, block by block, the same one once."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(Path(path), memory_map=True, read_dictionary=[column]) as file:
        for batch in file.iter_batches(1 << 20, columns=[column], use_threads=False):
            ids = batch.column(0)
            yield ids.dictionary if pa.types.is_dictionary(ids.type) else ids


def _whole(ids: pa.Array) -> bool:
    if pa.types.is_integer(ids.type):
        return True
    texts = ids.cast(pa.string())
    odd = pc.or_(pc.not_equal(texts, pc.utf8_trim_whitespace(texts)), pc.starts_with(texts, "'"))
    return not pc.any(pc.or_(odd, pc.equal(texts, ""))).as_py()
