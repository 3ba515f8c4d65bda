"""ZIP and ZIP+4 codes and the carrier and locality they lie in: 80-place lines, or a workbook."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from quarterhour.interchange.cms_files.reading import Asked, Gathered, Place, Reading
from quarterhour.interchange.cms_files.releases import Release, of_quarter
from quarterhour.interchange.cms_files.sources import OfficialFile

_FIXED = re.compile(r"[A-Z]{2}\d{5}[0-9A-Z]{5}[0-9A-Z]{2}.{6}(\d| ).{54}(\d{5})")
_HEADER = re.compile(r"STATE\tZIP CODE\tCARRIER\t(?:PRICING )?LOCALITY", re.IGNORECASE)
_QUARTER = re.compile(r"(20\d\d)([1-4])")
#: In these places the file of ZIP codes has another mark.
_FOUR = re.compile(r"\d{4}")
_WIDTH: Final = 80
#: First and last place, counted from 1 as the record layout does.
_PLACES: Final = {
    "state": (1, 2),
    "zip": (3, 7),
    "carrier": (8, 12),
    "locality": (13, 14),
    "rural": (15, 15),
    "plus_four_flag": (21, 21),
    "plus_four": (22, 25),
    "quarter": (76, 80),
}
_TITLES: Final = {
    "state": "STATE",
    "zip": "ZIP CODE",
    "carrier": "CARRIER",
    "locality": "LOCALITY",
    "rural": "RURAL IND",
    "plus_four_flag": "PLUS 4 FLAG",
    "plus_four": "PLUS 4",
    "quarter": "YEAR/QTR",
}


def recognised(head: str) -> bool:
    """Whether its lines have the places of a ZIP record, or its header the titles."""
    first = head.split("\n", maxsplit=1)[0].rstrip("\r")
    return bool(_FIXED.fullmatch(first) or _HEADER.search(head))


def read(source: OfficialFile, head: str, asked: Asked) -> Reading:
    """Read the ZIP codes, or the ZIP+4 codes, of one quarter.

    Raises:
        BadOfficialFile: for a record that is not whole, or of another quarter than the first.

    """
    gathered = Gathered("zip")
    quarter = ""
    nine = False
    for place, cell in _titled(source) if source.workbook else _fixed(source):
        if not len(gathered):
            quarter, nine = cell["quarter"], bool(_FOUR.fullmatch(cell["plus_four"].strip()))
            gathered = Gathered("zip9" if nine else "zip")
        if cell["quarter"] != quarter:
            raise place.bad(f"is of the quarter {cell['quarter']}, the lines above of {quarter}", 8)
        five = (place.whole(cell["zip"], 2), cell["state"])
        where = (place.whole(cell["carrier"], 3), place.whole(cell["locality"], 4), cell["rural"].strip())
        if nine:
            gathered.add(place.line, five[0], place.whole(cell["plus_four"], 7), five[1], *where)
        else:
            gathered.add(place.line, *five, *where, cell["plus_four_flag"] == "1")
    release = of_quarter(asked.effective) if asked.effective else _release(quarter)
    return gathered.reading(source, release)


def _release(quarter: str) -> Release | None:
    match = _QUARTER.fullmatch(quarter)
    return of_quarter(dt.date(int(match[1]), 3 * int(match[2]) - 2, 1)) if match else None


def _fixed(source: OfficialFile) -> Iterator[tuple[Place, dict[str, str]]]:
    for number, line in source.lines():
        if not line.strip("\x1a "):
            continue
        place = Place(source, number)
        if len(line) != _WIDTH:
            cut = "; the line is cut off" if len(line) < _WIDTH else ""
            raise place.bad(f"expected {_WIDTH} characters, got {len(line)}{cut}")
        yield place, {name: line[first - 1 : last] for name, (first, last) in _PLACES.items()}


def _titled(source: OfficialFile) -> Iterator[tuple[Place, dict[str, str]]]:
    header: dict[str, int] = {}
    width = 0
    for number, cells in source.cells():
        if not header:
            words = [" ".join(cell.split()).upper().removeprefix("PRICING ") for cell in cells]
            header = {name: words.index(title) for name, title in _TITLES.items() if title in words}
            width = len(cells)
            continue
        place = Place(source, number)
        place.width(cells, width)
        yield place, {name: cells[header[name]] if name in header else "" for name in _PLACES}
