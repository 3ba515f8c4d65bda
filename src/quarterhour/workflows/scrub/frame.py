"""A Spark DataFrame of service lines, and its findings as another.

    lines -> by patient, sorted -> judge whole patients      -> findings
                                -> visits with times of day -> by therapist and day, sorted -> judge days -> findings

Spark moves rows so that those of a patient are in one partition, side by side and in their order; there the engine of
a local scrub takes as many whole patients at a time as make a good batch. Never one group a patient: a call costs the
same for ten lines as for ten thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quarterhour.domain.columns import ABSENT, IntArray
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.judge import Judgement
from quarterhour.engine.part import crossing, therapist_days
from quarterhour.interchange.line_table import known_columns
from quarterhour.interchange.line_table.names import plain, unknown_columns
from quarterhour.rules.facts import Facts
from quarterhour.workflows.asked import Day, chosen_tables, iso
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.scrub.cluster import ways_here
from quarterhour.workflows.scrub.judge import findings, judge_days, judge_patients
from quarterhour.workflows.scrub.kept import TEXTS
from quarterhour.workflows.scrub.merge import OF_CLAIMS, Block, table_of
from quarterhour.workflows.scrub.part import Part, lay_out_part
from quarterhour.workflows.scrub.rows import PATIENT, PLACE, VISIT
from quarterhour.workflows.scrub.sinks import plain_type
from quarterhour.workflows.scrub.ways import Ways, ways_of
from quarterhour.workflows.scrub.wish import Wish, wish_of

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

FINDINGS: Final = (
    "row bigint, visit_id string, payer string, rule string, name string, severity string, confidence string, "
    "persona string, kind string, line int, code string, message string, numbers string"
)
UNREADABLE: Final = "row bigint, column string, message string"
#: Whom a row belongs to; rows of one key are judged together. A name no table has a column of.
KEY: Final = "quarterhour_key"
_PLACE: Final = "quarterhour_place"
#: So many lines are judged at a time, about: enough that a call costs nothing, few enough for a small executor.
AT_ONCE: Final = 200_000
_NEEDED: Final = ("date_of_service", "code")
#: A table without this column has no two patients that could be joined.
_TIMES: Final = "times"
#: What is taken off the ends of a cell, as when a file is read.
_BLANKS: Final = "".join(chr(point) for point in range(0x3001) if chr(point).isspace())

Batches = Iterator[pa.RecordBatch]
Judging = Callable[[Part, Ways], tuple[Batch, Judgement[Facts]]]


def findings_of(
    lines: DataFrame,
    *,
    row: str | None = None,
    buckets: int | None = None,
    payer: str | None = None,
    today: Day = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    persona: Sequence[str] = (),
    policy_folders: Sequence[str | Path] = (),
    vocabulary: Sequence[str | Path] = (),
) -> DataFrame:
    """The findings of a DataFrame of service lines: one row a finding, with the columns of a local scrub.

    ``row`` names a column of whole numbers, no two alike, by which rows stand in order; a finding gives the number of
    the row it is about. Without one, rows are numbered as Spark happens to read them. ``buckets`` is how many
    partitions the patients are dealt into (None: ``spark.sql.shuffle.partitions``). The other keywords are those of
    ``scrub``; folders and files must be there under the same names on every executor. Nothing is computed before Spark
    is asked for rows; findings come in no order. Rows that cannot be read are left out: ``unreadable_of`` tells them.

    Raises:
        BadRequest: if a column every line needs, or the one named by ``row``, is missing, or there is no bucket.
        UnknownName: for a default payer, a persona or a rule there is not.

    """
    wish = wish_of(
        payer=payer,
        today=today,
        select=select,
        ignore=ignore,
        persona=persona,
        policy_folders=policy_folders,
        vocabulary=vocabulary,
    )
    ways = ways_of(wish)
    wish = msgspec.structs.replace(wish, today=iso(ways.today), tables=chosen_tables())
    digest = ways.policy.digest
    dealt = _by_patient(lines, row, buckets)
    found = dealt.mapInArrow(_judging(judge_patients, wish, digest), FINDINGS)
    if not crossing(ways.entries) or _TIMES not in map(plain, dealt.columns):
        return found

    def times(batches: Batches) -> Batches:
        ways = ways_here(wish, digest)
        for table in whole_keys(batches):
            yield from _timed(table, lay_out_part([_rows(table)], ways.policy, ways.payer)).to_batches()

    days = _sorted(dealt.mapInArrow(times, dealt.schema), buckets)
    return found.union(days.mapInArrow(_judging(judge_days, wish, digest), FINDINGS))


def unreadable_of(
    lines: DataFrame,
    *,
    row: str | None = None,
    buckets: int | None = None,
    payer: str | None = None,
    policy_folders: Sequence[str | Path] = (),
) -> DataFrame:
    """The rows :func:`findings_of` leaves out: the number of each, the column and what is wrong with it.

    Raises:
        BadRequest: as :func:`findings_of`.

    """
    wish = wish_of(payer=payer, policy_folders=policy_folders)
    digest = ways_of(wish).policy.digest

    def slips(batches: Batches) -> Batches:
        ways = ways_here(wish, digest)
        for table in whole_keys(batches):
            found = lay_out_part([_rows(table)], ways.policy, ways.payer).slips
            row, column, message = zip(*found, strict=True) if found else ((), (), ())
            columns = [pa.array(row, pa.int64()), pa.array(column, pa.string()), pa.array(message, pa.string())]
            yield pa.RecordBatch.from_arrays(columns, ["row", "column", "message"])

    return _by_patient(lines, row, buckets).mapInArrow(slips, UNREADABLE)


def whole_keys(batches: Iterable[pa.RecordBatch], lines: int = AT_ONCE) -> Iterator[pa.Table]:
    """Batches sorted by key as tables of about so many lines, or of one key that has more; no key is in two of them."""
    held: list[pa.RecordBatch] = []
    rows, enough = 0, lines
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows < enough:
            continue
        table = pa.Table.from_batches(held)
        keys = table.column(KEY)
        begin = int(np.flatnonzero(pc.equal(keys, keys[-1]).to_numpy())[0])
        if begin:
            yield table.slice(0, begin)
        held, rows = table.slice(begin).to_batches(), rows - begin
        enough = rows + lines
    if rows:
        yield pa.Table.from_batches(held)


def _judging(judging: Judging, wish: Wish, digest: str) -> Callable[[Batches], Batches]:
    def judge(batches: Batches) -> Batches:
        ways = ways_here(wish, digest)
        for table in whole_keys(batches):
            whole = lay_out_part([_rows(table)], ways.policy, ways.payer)
            yield from _shown(whole, *judging(whole, ways), ways).to_batches()

    return judge


def _shown(whole: Part, laid_out: Batch, judgement: Judgement[Facts], ways: Ways) -> pa.Table:
    """Findings as rows of :data:`FINDINGS`."""
    found = findings(whole, laid_out, judgement, ways)
    texts = {name: values for name, values in found.columns.items() if isinstance(values, pa.Array)}
    row = found.columns["row"]
    texts |= {name: pa.nulls(row.size, pa.string()) for name in TEXTS if name not in texts}
    # A DataFrame is one input, and its rows have numbers of their own.
    numbers = {name: values for name, values in found.columns.items() if name not in texts}
    block = Block(numbers | {"row": np.zeros_like(row)}, texts)
    table = table_of(block, [""], ways.entries).drop_columns(["input", *OF_CLAIMS]).set_column(0, "row", pa.array(row))
    return table.cast(pa.schema([(field.name, plain_type(field.type)) for field in table.schema]))


def _timed(table: pa.Table, whole: Part) -> pa.Table:
    """The rows of visits that may overlap with another patient's, by therapist and day."""
    visits, therapist = therapist_days(whole.columns)
    texts = whole.columns.texts.values
    of_visit: IntArray = np.full(whole.visits.size, ABSENT)
    of_visit[visits] = np.arange(visits.size)
    ((_, row_of_line),) = whole.origins
    day = of_visit[whole.columns.root.children["services"].rows_of()]
    rows, first = np.unique(row_of_line[day != ABSENT], return_index=True)
    days = whole.columns.root["date_of_service"][visits].tolist()
    keys = [f"{date} {texts[place]}" for date, place in zip(days, therapist.tolist(), strict=True)]
    of_row = pa.array(keys, pa.string()).take(pa.array(day[day != ABSENT][first]))
    return table.take(pa.array(rows)).set_column(table.column_names.index(KEY), KEY, of_row)


def _by_patient(lines: DataFrame, row: str | None, buckets: int | None) -> DataFrame:
    """The columns that are read, with the key and the place of every row, patient by patient."""
    from pyspark.sql import functions as sql
    from pyspark.sql.types import TimestampNTZType, TimestampType

    if buckets is not None and buckets < 1:
        raise BadRequest(f"expected at least one bucket, got {buckets}")
    names = {plain(name): name for name in lines.columns}
    missing = [name for name in _NEEDED if name not in names]
    if row is not None and row not in lines.columns:
        missing.append(row)
    if missing:
        near = {near: name for name, near in unknown_columns(lines.columns).items() if near in missing}
        hint = "".join(f'; did you mean "{name}" to be {one}?' for one, name in near.items())
        raise BadRequest(f"the DataFrame has no column {' and none '.join(missing)}{hint}")

    def column(name: str) -> Column:
        """A column under its own name; a point in time as the day it is on in the time zone Spark is set to."""
        given = lines[f"`{names[name]}`"]
        timed = isinstance(lines.schema[names[name]].dataType, TimestampType | TimestampNTZType)
        return (given.cast("date") if timed else given).alias(name)

    place = sql.monotonically_increasing_id() if row is None else lines[f"`{row}`"].cast("bigint")
    wanted = [column(name) for name in known_columns() if name in names]
    placed = lines.select(place.alias(_PLACE), *wanted)
    cells = [sql.btrim(placed[name].cast("string"), sql.lit(_BLANKS)) for name in (PATIENT, VISIT) if name in names]
    given = [sql.when(cell != "", cell) for cell in cells]
    key = sql.coalesce(*given, placed[_PLACE].cast("string"))
    return _sorted(placed.select(key.alias(KEY), "*"), buckets)


def _sorted(lines: DataFrame, buckets: int | None) -> DataFrame:
    """Rows of a key in one partition, side by side, in their order."""
    dealt = lines.repartition(KEY) if buckets is None else lines.repartition(buckets, KEY)
    return dealt.sortWithinPartitions(KEY, _PLACE)


def _rows(table: pa.Table) -> pa.Table:
    """Rows as the engine takes them."""
    names = [PLACE if name == _PLACE else name for name in table.column_names]
    return table.rename_columns(names).drop_columns([KEY])
