"""Tables of synthetic visits to files: line tables as they are, visit records, claims."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from quarterhour.domain.claim import Claim
from quarterhour.domain.json import to_builtins
from quarterhour.domain.visit import Visit
from quarterhour.interchange.line_table import lay_out
from quarterhour.interchange.tabular.writing import write_claims as write_claim_lines
from quarterhour.interchange.x12.writing.claims import stream_claims
from quarterhour.interchange.x12.writing.pen import Envelope
from quarterhour.policy import Policy

Tables = Iterable[pa.Table]


def write_parquet(tables: Tables, out: BinaryIO, _policy: Policy) -> None:
    """A row group for every table."""
    _write_tables(tables, lambda schema: pq.ParquetWriter(out, schema, compression="zstd"))


def write_csv(tables: Tables, out: BinaryIO, _policy: Policy) -> None:
    """One header, then the lines."""

    def plain(table: pa.Table) -> pa.Table:
        types = [pa.string() if pa.types.is_dictionary(field.type) else field.type for field in table.schema]
        return table.cast(pa.schema(list(zip(table.column_names, types, strict=True))))

    _write_tables(map(plain, tables), lambda schema: csv.CSVWriter(out, schema))


def write_records(tables: Tables, out: BinaryIO, policy: Policy) -> None:
    """A visit record in JSON on every line."""
    encoder = msgspec.json.Encoder()
    out.writelines(encoder.encode_lines(map(to_builtins, _visits(table, policy))) for table in tables)


def write_claims(claims: Iterable[Claim], out: BinaryIO) -> None:
    """An 837 of claims, all of one type; none at all make an empty file."""
    claims = iter(claims)
    begin = next(claims, None)
    if begin is None:
        return
    # Written on the first day of the next year, so that no date of service is later and the bytes are the same.
    written = dt.datetime((begin.lines[0].date_of_service or dt.date.min).year + 1, 1, 1, tzinfo=dt.UTC)
    envelope = dataclasses.replace(_ENVELOPE, created=written)
    out.writelines(stream_claims(itertools.chain([begin], claims), envelope))


def _visits(table: pa.Table, policy: Policy) -> Iterator[Visit]:
    yield from lay_out(table, payers=policy.payers, payer_needed=True).columns.records()


def _write_tables(tables: Tables, open_writer: Callable[[pa.Schema], AbstractContextManager[pa.Table]]) -> None:
    tables = iter(tables)
    begin = next(tables)
    with open_writer(begin.schema) as writer:
        writer.write_table(begin)
        for table in tables:
            writer.write_table(table)


#: A file of nobody to nobody.
_ENVELOPE: Final = Envelope(
    sender="SYNTHETIC", receiver="NOBODY", created=dt.datetime(1, 1, 1, tzinfo=dt.UTC), usage="T",
    submitter_name="SYNTHETIC CLAIMS", contact_name="NOBODY", contact_phone="5555550100", receiver_name="NOBODY",
)  # fmt: skip
WRITERS: Final = {"parquet": write_parquet, "csv": write_csv, "jsonl": write_records}
CLAIM_WRITERS: Final[dict[str, Callable[[Iterable[Claim], BinaryIO], None]]] = {
    "837p": write_claims, "837i": write_claims, "claim-lines": write_claim_lines,
}  # fmt: skip
