"""Geographic practice cost indices by locality: comma-parted text, a workbook, or columns in fixed places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quarterhour.interchange.cms_files.reading import Asked, Gathered, Place, Reading
from quarterhour.interchange.cms_files.releases import of_quarter, of_year
from quarterhour.interchange.cms_files.sources import Cells, OfficialFile
from quarterhour.interchange.errors import BadOfficialFile

_YEAR = re.compile(r"(20\d\d) (?:PW|work) GPCI", re.IGNORECASE)
_TITLE_YEAR = re.compile(r"CY ?(20\d\d)")
_INDICES = re.compile(r"\b(PW|work|PE|MP)\b.*GPCI", re.IGNORECASE)
_FIXED = re.compile(r"(\d{5}) +([A-Z]{2})? +(\d\d) +(\S.*?) {2,}(\d*\.\d+) +(\d*\.\d+) +(\d*\.\d+) *")
_CARRIER = re.compile(r"\d{4,5}")
_WIDTH = 7


def recognised(head: str) -> bool:
    """Whether a header names localities and three indices."""
    return any(
        "locality" in line.lower() and len(re.findall("GPCI", line)) == len(("work", "pe", "mp"))
        for line in head.splitlines()
    )


def read(source: OfficialFile, head: str, asked: Asked) -> Reading:
    """Read the indices of one year.

    Raises:
        BadOfficialFile: for a record that is not whole, or no year.

    """
    fixed = not source.workbook and any(_FIXED.fullmatch(line.rstrip()) for line in head.splitlines())
    gathered = Gathered("gpci")
    for place, cells in _fixed(source) if fixed else _cells(source):
        carrier, state, locality, name, work, pe, mp = cells
        indices = (place.scaled(text, 3, column) for column, text in ((5, work), (6, pe), (7, mp)))
        gathered.add(place.line, int(carrier), place.whole(locality, 3), state.strip(), name.strip(), *indices)
    match = _YEAR.search(head) or _TITLE_YEAR.search(head)
    release = of_quarter(asked.effective) if asked.effective else match and of_year(int(match[1]))
    return gathered.reading(source, release)


def _cells(source: OfficialFile) -> Iterator[tuple[Place, Cells]]:
    headed = False
    for number, cells in source.cells():
        if not headed:
            headed = sum(bool(_INDICES.search(" ".join(cell.split()))) for cell in cells) == len(("work", "pe", "mp"))
            continue
        place = Place(source, number)
        carrier = cells[0].strip() if cells else ""
        if not _CARRIER.fullmatch(carrier):
            _only_footnotes(place, cells)
            continue
        place.width(cells[:_WIDTH], _WIDTH)
        if not cells[_WIDTH - 1].strip():
            raise place.bad("an index is missing; the line is cut off", _WIDTH)
        yield place, [carrier, *cells[1:_WIDTH]]
    if not headed:
        raise BadOfficialFile(source.where, "it has no header with three indices")


def _fixed(source: OfficialFile) -> Iterator[tuple[Place, Cells]]:
    begun = False
    for number, line in source.lines():
        match = _FIXED.fullmatch(line.rstrip())
        if match:
            begun = True
            carrier, state, *others = match.groups()
            yield Place(source, number), [carrier, state or "", *others]
        elif begun and re.match(r"\d{5} ", line):
            raise Place(source, number).bad("the line has not the form of a locality's; it is cut off")


def _only_footnotes(place: Place, cells: list[str]) -> None:
    """Refuse a record without a carrier; below the records stand footnotes, which have text in one cell."""
    if sum(bool(cell.strip()) for cell in cells) >= _WIDTH - 1:
        raise place.bad(f"expected a contractor number, got {cells[0].strip()!r}", 1)
