"""Medically Unlikely Edits: most units of a code, as comma-parted text or a workbook."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.interchange.cms_files.reading import Asked, Gathered, Place, Reading, quarter_in_names
from quarterhour.interchange.cms_files.sources import OfficialFile
from quarterhour.interchange.errors import BadOfficialFile

_VALUES = re.compile(r"(practitioner|outpatient hospital|facility|dme|supplier)[\w /]*mue values", re.IGNORECASE)
_CLAIMS: Final = {
    "practitioner": "professional",
    "outpatient hospital": "institutional",
    "facility": "institutional",
    "dme": "equipment",
    "supplier": "equipment",
}
_MEDICAID = re.compile(r"medicaid|mcd", re.IGNORECASE)


def recognised(head: str) -> bool:
    """Whether a header speaks of MUE values."""
    return bool(_VALUES.search(" ".join(head.split())))


def read(source: OfficialFile, _head: str, asked: Asked) -> Reading:
    """Read the values of one kind of claim.

    Raises:
        BadOfficialFile: for a record that is not whole.

    """
    header: list[str] = []
    records: list[tuple[int, tuple[int, int, int]]] = []
    for number, cells in source.cells():
        if not header:
            words = [" ".join(cell.split()).lower() for cell in cells]
            header = words if any(_VALUES.fullmatch(word) for word in words) else []
            continue
        if not any(cell.strip() for cell in cells):
            continue
        place = Place(source, number)
        place.width(cells, len(header))
        records.append((number, _record(place, header, cells)))
    if not header:
        raise BadOfficialFile(source.where, "it has no header with MUE values")
    values = next(match for word in header if (match := _VALUES.fullmatch(word)))
    medicaid = any(_MEDICAID.search(name) for name in source.names)
    claim = asked.claim or _CLAIMS[values[1]]
    gathered = Gathered(f"mue-{'medicaid-' if medicaid else ''}{claim}")
    for number, record in records:
        gathered.add(number, *record)
    return gathered.reading(source, quarter_in_names(source, asked))


def _record(place: Place, header: list[str], cells: list[str]) -> tuple[int, int, int]:
    values = next(column for column, word in enumerate(header) if _VALUES.fullmatch(word))
    indicator = next((column for column, word in enumerate(header) if "adjudication" in word), None)
    how = 0
    if indicator is not None:
        # The cell says the number and then what it means.
        digit = cells[indicator].strip()[:1]
        if digit not in {"1", "2", "3"}:
            raise place.bad(f"expected an adjudication indicator 1, 2 or 3, got {cells[indicator]!r}", indicator + 1)
        how = int(digit)
    return place.code(cells[0], 1), place.whole(cells[values], values + 1), how
