"""The first step for files of claims: read one, hold it against what it should be, and deal its claims into parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa

from quarterhour.domain.json import dumps
from quarterhour.domain.money import Cents
from quarterhour.interchange.errors import Defect, NotFhir, Unreadable
from quarterhour.workflows.claim_file import Scan, given_of, taken_of
from quarterhour.workflows.fhir_input import element_place, fhir_reading, fhir_row
from quarterhour.workflows.given_claims import GivenClaim
from quarterhour.workflows.report import x12_row
from quarterhour.workflows.scrub.claims.shelf import lay_down
from quarterhour.workflows.scrub.deal import FILE_SPAN, Dealt, deal, dealt_file, parts_of, rows_file, write_parts
from quarterhour.workflows.scrub.plan import Piece, Plan
from quarterhour.workflows.scrub.records import tables_of
from quarterhour.workflows.scrub.source import CLAIM_KINDS, LINES
from quarterhour.workflows.scrub.steps import once
from quarterhour.workflows.scrub.ways import Ways
from quarterhour.workflows.tables import PARQUET, given_of_rows, kind_of, read_claim_table

#: So many defects of a file are told one by one; all are counted.
MOST_DEFECTS: Final = 100
_NO_CLAIMS: Final = "no claims to judge in it; quarterhour check tells what it holds"


class Wrong(msgspec.Struct):
    """What cannot be read in a file: row, column and message of the first, and how many there are."""

    told: list[tuple[int, str, str]] = []
    count: int = 0

    def add(self, defects: list[Defect]) -> None:
        """Take in more."""
        self.count += len(defects)
        room = MOST_DEFECTS - len(self.told)
        self.told += [(one.line or 1, one.pointer or "", one.message) for one in defects[:room]]


class DealtClaims(msgspec.Struct, frozen=True):
    """What became of a file of claims.

    ``files`` is how many files of claims there are in the work folder, ``row`` what the report says of the input,
    ``levels`` how many X12 defects of every level there are, ``left_out`` why lines are in no claim.
    """

    files: int
    claims: int
    lines: int
    row: dict[str, Any]
    levels: dict[str, int] = {}
    wrong: Wrong = msgspec.field(default_factory=Wrong)


class DealtFile(Dealt, frozen=True):
    """As ``Dealt``, of a file that holds claims. ``rows`` are the places its claims and visits take up."""

    of_claims: DealtClaims | None = None


def claims_files(piece: int, dealt: Dealt) -> list[str]:
    """The names of the files of claims of a piece."""
    of_claims = dealt.of_claims if isinstance(dealt, DealtFile) else None
    return [_claims_file(piece, nth) for nth in range(of_claims.files if of_claims else 0)]


def _claims_file(piece: int, nth: int) -> str:
    return f"claims-{piece:05d}-{nth:05d}.arrow"


def deal_any(piece: Piece, plan: Plan, folder: Path, ways: Ways) -> Dealt:
    """Read a piece of whatever kind, and deal its rows or its claims; nothing is done where that was done before."""
    if piece.kind in CLAIM_KINDS:
        try:
            return once(folder / dealt_file(piece), DealtFile, lambda: _deal_claims(piece, plan, folder, ways))
        except NotFhir:
            # Visit records with a key of another format; the reader of records says so.
            lines = Path(piece.path).suffix.lower() in LINES
            piece = msgspec.structs.replace(piece, kind="record-lines" if lines else "records")
    return deal(piece, plan, folder, ways)


def _deal_claims(piece: Piece, plan: Plan, folder: Path, ways: Ways) -> DealtFile:
    """Read a file of claims and lay its claims down by part."""
    reader = {"x12": _of_x12, "fhir": _of_fhir, "claim-lines": _of_table}[piece.kind]
    try:
        return reader(piece, plan, folder, ways)
    except (Unreadable, UnicodeDecodeError) as error:
        # Of a file that breaks off nothing is judged: half of a patient's claims would be another patient.
        message = error.message if isinstance(error, Unreadable) else "not text in UTF-8"
        return DealtFile(0, 0, failure=f"cannot be read: {message}")
    except pa.ArrowException:
        return DealtFile(0, 0, failure="cannot be read: damaged, or not what its name says")


class _Files:
    """Claims of a piece laid down, a file at a time."""

    def __init__(self, piece: Piece, plan: Plan, folder: Path) -> None:
        """None yet."""
        self.count = 0
        self._piece, self._parts, self._folder = piece, plan.claim_parts, folder

    def add(self, claims: list[GivenClaim]) -> None:
        """Lay some claims down."""
        if claims:
            path = self._folder / _claims_file(self._piece.number, self.count)
            lay_down(path, claims, self._piece.file * FILE_SPAN, self._parts)
            self.count += 1


def _of_x12(piece: Piece, plan: Plan, folder: Path, ways: Ways) -> DealtFile:
    files = _Files(piece, plan, folder)
    scan = Scan(piece.path, ways.policy, MOST_DEFECTS)
    for chunk in scan.chunks():
        files.add([given_of(one) for one in taken_of(chunk)])
    found = scan.found()
    row = x12_row(found) | {"defect_count": sum(found.levels.values())}
    row |= {} if found.has_claims else {"skipped": _NO_CLAIMS}
    of_claims = DealtClaims(files.count, found.claims, found.lines, row, found.levels)
    return DealtFile(0, found.segments, of_claims=of_claims)


def _of_fhir(piece: Piece, plan: Plan, folder: Path, ways: Ways) -> DealtFile:
    """The visits are dealt as records, first, and the claims after them."""
    lines = Path(piece.path).suffix.lower() in LINES
    reading = fhir_reading(Path(piece.path).read_bytes(), ways.policy, lines=lines, payer_needed=ways.payer is None)
    file = reading.file
    assert file is not None  # noqa: S101 - a reading of FHIR has its file
    begin = piece.file * FILE_SPAN
    visits = [(begin + place, dumps(one.visit).encode()) for place, one in enumerate(reading.visits)]
    count = 0
    for table in tables_of(visits, plan.lines_at_once):
        write_parts(folder / rows_file(piece.number, count), table, parts_of(table, plan.parts), plan.parts)
        count += 1
    files = _Files(piece, plan, folder)
    files.add(
        [
            GivenClaim(len(visits) + place + 1, one.value, element_place(file, place), place not in file.joined)
            for place, one in enumerate(file.claims)
        ]
    )
    wrong = Wrong()
    wrong.add(list(reading.defects))
    row = {"kind": "fhir", "visits": len(visits), "lines": file.claim_lines} | fhir_row(file)
    of_claims = DealtClaims(files.count, len(file.claims), file.claim_lines, row, wrong=wrong)
    return DealtFile(count, len(visits) + len(file.claims), of_claims=of_claims)


def _of_table(piece: Piece, plan: Plan, folder: Path, ways: Ways) -> DealtFile:
    path = Path(piece.path)
    files, wrong = _Files(piece, plan, folder), Wrong()
    claims = lines = charge = last = 0
    for table, defects in read_claim_table(path, ways.mapping, ways.policy.payers.__contains__):
        wrong.add(defects)
        files.add(list(given_of_rows(table)))
        claims += len(table.claims)
        lines += table.lines
        charge += sum(claim.charge for claim in table.claims)
        last = max((row for rows in table.rows for row in rows), default=last)
    with path.open("rb") as stream:
        kind = kind_of(stream.read(len(PARQUET)))
    row = {"kind": kind, "claims": claims, "lines": lines, "charge": str(Cents(charge))}
    return DealtFile(0, last, of_claims=DealtClaims(files.count, claims, lines, row, wrong=wrong))
