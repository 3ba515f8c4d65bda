"""Tables of visits among the inputs of a check: CSV and Parquet, recognised by their columns."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quarterhour.interchange.errors import InterchangeError, Unreadable
from quarterhour.interchange.visit_json import Reading, ReadVisit
from quarterhour.workflows.errors import BadRequest

if TYPE_CHECKING:
    from quarterhour.interchange.tabular import Mapping

PARQUET: Final = b"PAR1"
#: What files of tables are usually called; a table of ours goes by any name.
NAMES: Final = frozenset({".csv", ".tsv", ".parquet"})
_SIGNS: Final = (b",", b";", b"\t", b"|")


class TableReading(Reading, frozen=True):
    """What was read of a table: a visit's ``document`` is its place in ``rows``, the rows of its services."""

    rows: tuple[tuple[int, ...], ...] = ()

    def places(self, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], tuple[int, int]]:
        """The row of the service, or the first row of the visit, that a pointer names."""
        found = {}
        for visit, pointer in wanted:
            parts = pointer.strip("/").split("/")
            at = int(parts[1]) if parts[0] == "services" and len(parts) > 1 else 0
            rows = self.rows[visit]
            found[visit, pointer] = (rows[at] if at < len(rows) else rows[0], 1)
        return found


def mapping_of(path: str | Path | None) -> Mapping | None:
    """The mapping in a file.

    Raises:
        BadRequest: if it cannot be read or followed.

    """
    if path is None:
        return None
    from quarterhour.interchange.tabular import read_mapping

    try:
        return read_mapping(Path(path).read_text(encoding="utf-8-sig"))
    except Unreadable as error:
        place = "".join(f":{one}" for one in (error.line, error.column) if one)
        raise BadRequest(f"{path}{place}: {error.message}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"{path}: cannot be read: {type(error).__name__}") from None


def is_table(name: str, content: bytes, mapping: Mapping | None) -> bool:
    """Whether a file is a table of visits, or is named as one."""
    if content.startswith(PARQUET) or Path(name).suffix.lower() in NAMES:
        return True
    top = content.lstrip(b"\xef\xbb\xbf").partition(b"\n")[0]
    if top[:1] in {b"{", b"["} or not any(sign in top for sign in _SIGNS):
        return False
    from quarterhour.interchange.tabular import seems_table
    from quarterhour.interchange.tabular.rows import header

    return seems_table(header(top.decode("utf-8", errors="replace"))[0], mapping)


def is_table_file(path: Path, mapping: Mapping | None) -> bool:
    """Whether a file of a folder, named as a table, is one of visits; others are left aside."""
    if path.suffix.lower() not in NAMES:
        return False
    from quarterhour.interchange.tabular import seems_table
    from quarterhour.interchange.tabular.rows import open_rows

    try:
        rows = open_rows(path, 1)
    except (InterchangeError, OSError):
        return False
    rows.close()
    return seems_table(rows.names, mapping)


def read_table(content: bytes, mapping: Mapping | None, *, payer_needed: bool) -> tuple[str, TableReading]:
    """The kind of a table (csv or parquet) and the visits in it.

    Raises:
        Unreadable: if it is no table of visits.

    """
    from quarterhour.interchange.tabular import read_visits

    kind = "parquet" if content.startswith(PARQUET) else "csv"
    try:
        batches = list(read_visits(io.BytesIO(content), mapping, payer_needed=payer_needed))
    except Unreadable:
        raise
    except InterchangeError as error:
        raise Unreadable(str(error)) from None
    visits = [visit for batch in batches for visit in batch.records]
    rows = tuple(row for batch in batches for row in batch.rows)
    defects = tuple(defect for batch in batches for defect in batch.defects)
    placed = tuple(ReadVisit(visit, "", number) for number, visit in enumerate(visits))
    return kind, TableReading(placed, defects, (), rows)
