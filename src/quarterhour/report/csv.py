"""The findings as a table, one a row. The columns are those of ``COLUMNS``, in that order, with a header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

COLUMNS: Final = (
    "path",
    "visit",
    "visit_id",
    "line",
    "code",
    "severity",
    "confidence",
    "persona",
    "rule",
    "name",
    "kind",
    "element",
    "message",
    "remedy_kind",
    "remedy",
    "sources",
    "pointer",
    "file_line",
    "evidence",
    "evidence_at",
    "claim_id",
    "segment",
    "loop",
    "place",
)
#: A cell that begins so is a formula to a spreadsheet.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def pieces(report: dict[str, Any]) -> Iterator[str]:
    """Quoted as RFC 4180 has it, rows end in CRLF; a cell a spreadsheet would run gets an apostrophe in front."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for finding in report["findings"]:
        yield _taken(out)
        rows.writerow([cell(value) for value in _row(finding)])
    yield _taken(out)


def _taken(out: io.StringIO) -> str:
    """What was written since the last time."""
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _row(finding: dict[str, Any]) -> list[Any]:
    where = finding["where"]
    return [
        where.get("path"),
        where.get("visit"),
        *(finding[key] for key in COLUMNS[2:13]),
        finding["remedy"]["kind"],
        finding["remedy"]["text"],
        "; ".join(dict.fromkeys(source["title"] for source in finding["sources"])),
        where.get("pointer"),
        where.get("line"),
        " | ".join(one["text"] for one in finding["evidence"]),
        " ".join(f"{one['start']}-{one['end']}" for one in finding["evidence"]),
        finding["claim_id"],
        *(where.get(name) for name in ("segment", "loop", "element")),
    ]


def cell(value: Any) -> Any:
    """A value as a cell, with an apostrophe in front where a spreadsheet would run it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
