"""Tables among the inputs of a check: visits or claim lines, CSV or Parquet, recognised by their columns."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.interchange.errors import Defect, InterchangeError, Unreadable
from quarterhour.interchange.visit_json import Reading, ReadVisit
from quarterhour.workflows.errors import BadRequest

if TYPE_CHECKING:
    from quarterhour.interchange.tabular import Mapping
    from quarterhour.interchange.tabular.columns import Table
    from quarterhour.workflows.given_claims import Claims, GivenClaim

PARQUET: Final = b"PAR1"
#: What files of tables are usually called; a table of ours goes by any name.
NAMES: Final = frozenset({".csv", ".tsv", ".parquet"})
_LINE_END: Final = re.compile(rb"[\r\n]")
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


class ClaimTable(msgspec.Struct, frozen=True):
    """The claims of a table of claim lines, and of each the rows of its lines."""

    claims: tuple[Claim, ...]
    rows: tuple[tuple[int, ...], ...]

    @property
    def lines(self) -> int:
        """How many lines they have."""
        return sum(len(claim.lines) for claim in self.claims)


def is_table(name: str, content: bytes, mapping: Mapping | None) -> bool:
    """Whether a file is a table of visits or claim lines, or is named as a table."""
    if content.startswith(PARQUET) or Path(name).suffix.lower() in NAMES:
        return True
    # A line may end in a carriage return alone.
    top = _LINE_END.split(content.lstrip(b"\xef\xbb\xbf"), maxsplit=1)[0]
    if top[:1] in {b"{", b"["} or not any(sign in top for sign in _SIGNS):
        return False
    from quarterhour.interchange.tabular import table_named
    from quarterhour.interchange.tabular.errors import NotATable
    from quarterhour.interchange.tabular.rows import header

    try:
        names, _ = header(top.decode("utf-8", errors="replace"))
    except NotATable:
        return False
    return table_named(names, mapping) is not None


def is_table_file(path: Path, mapping: Mapping | None) -> bool:
    """Whether a file of a folder, named as a table, is or was meant to be one of visits or claim lines.

    Others are left aside; one whose header is misspelt is not, or nobody would learn that it was not judged.
    """
    from quarterhour.interchange.tabular import misnamed, table_named

    names = _header_of(path) if path.suffix.lower() in NAMES else ()
    return bool(names) and (table_named(names, mapping) is not None or misnamed(names, mapping))


def what_it_lacks(path: Path, mapping: Mapping | None) -> str | None:
    """Why a file is no table of visits: the column it lacks. None where it lacks none, or its header cannot be read."""
    from quarterhour.interchange.tabular import lack_of

    names = _header_of(path)
    return lack_of(names, mapping) if names else None


def table_of(source: Path | bytes, mapping: Mapping | None) -> Table | None:
    """Which table a file is by its columns; None where it is none, or cannot be read."""
    from quarterhour.interchange.tabular import table_named

    names = _header_of(source)
    return table_named(names, mapping) if names else None


def _header_of(source: Path | bytes) -> list[str]:
    """The names of a table's columns, none where they cannot be read."""
    from quarterhour.interchange.tabular.rows import open_rows

    try:
        rows = open_rows(io.BytesIO(source) if isinstance(source, bytes) else source, 1)
    except (InterchangeError, OSError):
        return []
    rows.close()
    return rows.names


def is_of_claims(source: Path | bytes, mapping: Mapping | None) -> bool:
    """Whether a table is one of claim lines."""
    from quarterhour.interchange.tabular.columns import CLAIM_LINES

    return table_of(source, mapping) == CLAIM_LINES


def read_table(
    content: bytes, mapping: Mapping | None, *, payer_needed: bool, day: dt.date | None = None
) -> tuple[str, TableReading]:
    """The kind of a table (csv or parquet) and the visits in it; ``day`` is the date of service of those without one.

    Raises:
        Unreadable: if it is no table of visits.

    """
    from quarterhour.interchange.tabular import read_visits

    try:
        batches = list(read_visits(io.BytesIO(content), mapping, payer_needed=payer_needed, day=day, apart=True))
    except Unreadable:
        raise
    except InterchangeError as error:
        raise Unreadable(str(error)) from None
    visits = [visit for batch in batches for visit in batch.records]
    rows = tuple(row for batch in batches for row in batch.rows)
    defects = tuple(defect for batch in batches for defect in batch.defects)
    numbers = [number for batch in batches for number in batch.numbers]
    placed = tuple(
        ReadVisit(visit, "", place, number) for place, (visit, number) in enumerate(zip(visits, numbers, strict=True))
    )
    return kind_of(content), TableReading(placed, defects, (), rows)


def kind_of(begin: bytes) -> str:
    """What a table that begins so is kept as: csv or parquet."""
    return "parquet" if begin.startswith(PARQUET) else "csv"


def read_claim_table(
    source: Path | bytes, mapping: Mapping | None, known: Callable[[str], bool]
) -> Iterator[tuple[ClaimTable, list[Defect]]]:
    """The claims of a table of claim lines in batches, and what is wrong; a claim of a payer not ``known`` is left out.

    Raises:
        Unreadable: if it is no table of claim lines.

    """
    from quarterhour.interchange.tabular import read_claims

    try:
        for batch in read_claims(io.BytesIO(source) if isinstance(source, bytes) else source, mapping):
            claims, rows, defects = [], [], list(batch.defects)
            for claim, of_lines in zip(batch.records, batch.rows, strict=True):
                if claim.payer and not known(claim.payer):
                    # The name is not repeated: where a row goes astray, anything may stand there.
                    defects.append(Defect("payer: no such payer", None, of_lines[0], 1))
                    continue
                claims.append(claim)
                rows.append(of_lines)
            yield ClaimTable(tuple(claims), tuple(rows)), defects
    except Unreadable:
        raise
    except InterchangeError as error:
        raise Unreadable(str(error)) from None


def claims_of_table(table: ClaimTable) -> Claims:
    """The claims of a table, each by its first row."""
    from quarterhour.workflows.given_claims import Claims

    return Claims(0, lambda: given_of_rows(table))


def given_of_rows(table: ClaimTable) -> Iterator[GivenClaim]:
    """The claims of a table with their places."""
    from quarterhour.workflows.claim_places import RowPlace
    from quarterhour.workflows.given_claims import GivenClaim

    for claim, rows in zip(table.claims, table.rows, strict=True):
        yield GivenClaim(rows[0], claim, RowPlace(rows))
