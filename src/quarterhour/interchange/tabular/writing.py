"""Visits, claims and findings as tables: CSV with a header line, or Parquet, a batch of rows at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO, Final, Literal

from quarterhour.domain.claim import Claim
from quarterhour.domain.json import dumps, to_builtins
from quarterhour.domain.visit import Visit
from quarterhour.interchange.parties import street, zip_code
from quarterhour.interchange.tabular.arrow import write_parquet
from quarterhour.interchange.tabular.cells import cell_text, guarded
from quarterhour.interchange.tabular.columns import CLAIM_LINES, VISITS, Column, Table

Form = Literal["csv", "parquet"]
_BATCH: Final = 10_000
_ADDRESS: Final = {"street": street, "zip": zip_code}

FINDINGS: Final = (
    Column("path", "where.path", "text", "the file the visit or claim stands in"),
    Column("visit", "where.visit", "number", "the how-manieth visit of the file, from 1"),
    Column("visit_id", "visit_id", "text", "your own name for the visit"),
    Column("claim_id", "claim_id", "text", "your own name for the claim"),
    Column("line", "line", "number", "the service or line, from 1"),
    Column("code", "code", "text", "procedure code"),
    Column("rule", "rule", "text", "the rule, such as UNT101"),
    Column("name", "name", "text", "its name"),
    Column("severity", "severity", "text", "error, warning or info"),
    Column("confidence", "confidence", "text", "high, medium or low"),
    Column("persona", "persona", "text", "whom it is for"),
    Column("kind", "kind", "text", "what kind of finding"),
    Column("element", "element", "text", "the element of the note, where it is about one"),
    Column("message", "message", "text", "what is wrong"),
    Column("numbers", "numbers", "text", "the numbers of the message, as JSON"),
    Column("remedy_kind", "remedy.kind", "text", "format, choice or chart"),
    Column("remedy", "remedy.text", "text", "what may be done"),
    Column("sources", "sources", "text", "who says so"),
    Column("file_line", "where.line", "number", "line of the file"),
    Column("file_column", "where.column", "number", "column of the file"),
)


def write_visits(visits: Iterable[Visit], out: BinaryIO, form: Form = "csv") -> None:
    """Visits, a row for each service; a visit without one has a row of its own.

    Raises:
        NotInstalled: for Parquet without pyarrow.

    """
    _write(out, form, VISITS.columns, (row for visit in visits for row in _rows(visit, VISITS)))


def write_claims(claims: Iterable[Claim], out: BinaryIO, form: Form = "csv") -> None:
    """Claims, a row for each line. What other payers have said and attachments have no column."""
    _write(out, form, CLAIM_LINES.columns, (row for claim in claims for row in _rows(claim, CLAIM_LINES)))


def write_findings(findings: Iterable[Mapping[str, Any]], out: BinaryIO, form: Form = "csv") -> None:
    """Findings as the report of a check has them, a row for each."""
    _write(out, form, FINDINGS, ([_of_finding(finding, column) for column in FINDINGS] for finding in findings))


def _rows(record: Visit | Claim, table: Table) -> Iterator[list[Any]]:
    value = to_builtins(record)
    shared = {column.name: _at(value, column.path) for column in table.columns if not column.of_row}
    for part in value.get(table.rows) or [{}]:
        yield [
            _at(part, column.path.rpartition("*.")[2]) if column.of_row else shared[column.name]
            for column in table.columns
        ]


def _at(value: Any, path: str) -> Any:
    *way, last = path.split(".")
    for name in way:
        value = value.get(name)
        if not isinstance(value, Mapping):
            return None
    if way and way[-1] == "address" and last in _ADDRESS:
        return _ADDRESS[last](value) or None
    return value.get(last)


def _of_finding(finding: Mapping[str, Any], column: Column) -> Any:
    value = _at(finding, column.path)
    if column.name == "numbers":
        return dumps(value)
    if column.name == "sources":
        return "; ".join(dict.fromkeys(source["title"] for source in value or ()))
    return value


def _write(out: BinaryIO, form: Form, columns: Sequence[Column], rows: Iterator[list[Any]]) -> None:
    if form == "parquet":
        write_parquet(out, columns, iter(lambda: list(islice(rows, _BATCH)), []))
        return
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        cells = (cell_text(cell, column.kind) for cell, column in zip(row, columns, strict=True))
        writer.writerow([guarded(cell) for cell in cells])
    text.detach()
