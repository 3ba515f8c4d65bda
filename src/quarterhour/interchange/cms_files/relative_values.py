"""Relative values of the Physician Fee Schedule (PPRRVU): stacked headers over comma-parted text, or fixed places."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Final

from quarterhour.interchange.cms_files.reading import Asked, Gathered, Place, Reading, quarter_in_names
from quarterhour.interchange.cms_files.releases import Release, month, of_quarter
from quarterhour.interchange.cms_files.sources import Cells, OfficialFile

_TITLE = re.compile(r"(20\d\d) National Physician Fee Schedule Relative Value File,? *([A-Z][a-z]+)?", re.IGNORECASE)
_LAST_HEADER = re.compile(r"^\W*HCPCS\W+MOD\W+DESCRIPTION", re.MULTILINE | re.IGNORECASE)
_FIXED = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z].{52}[A-Z].{6,}")
_HDR: Final = "HDR"
_NOT_QUALIFYING = re.compile(r"non.?qp", re.IGNORECASE)
_QUALIFYING = re.compile(r"qp", re.IGNORECASE)
#: The column each value stands in, by the words of its stacked header; of two equal ones the first.
_STACKED: Final = {
    "code": "HCPCS",
    "modifier": "MOD",
    "status": "STATUS CODE",
    "not_used": "NOT USED FOR MEDICARE PAYMENT",
    "work": "WORK RVU",
    "pe_nonfacility": "NON-FAC PE RVU",
    "pe_facility": "FACILITY PE RVU",
    "mp": "MP RVU",
    "na_nonfacility": "NON-FAC NA INDICATOR",
    "na_facility": "FACILITY NA INDICATOR",
    "pctc": "PCTC IND",
    "global_days": "GLOB DAYS",
    "multiple": "MULT PROC",
    "conversion_factor": "CONV FACTOR",
}
#: First and last place, counted from 1 as the record layout does.
_PLACES: Final = {
    "code": (1, 5),
    "modifier": (6, 7),
    "status": (58, 58),
    "not_used": (59, 59),
    "work": (60, 65),
    "pe_nonfacility": (67, 72),
    "na_nonfacility": (73, 74),
    "pe_facility": (76, 81),
    "na_facility": (82, 83),
    "mp": (85, 89),
    "pctc": (103, 103),
    "global_days": (104, 106),
    "multiple": (116, 116),
    "conversion_factor": (133, 140),
}
_FIXED_WIDTH: Final = 140
_NA: Final = "NA"
#: A record's place, its cells, and the column each value stands in.
_Placed = tuple[Place, Cells, dict[str, int]]


def recognised(head: str) -> bool:
    """Whether it has the last line of the stacked header, or is of fixed-width lines under ``HDR``."""
    if _LAST_HEADER.search(head.replace('"', "")) and "RVU" in head:
        return True
    return head.startswith(_HDR) and any(_FIXED.match(line) for line in head.splitlines())


def read(source: OfficialFile, head: str, asked: Asked) -> Reading:
    """Read one release.

    Raises:
        BadOfficialFile: for a record that is not whole.

    """
    qualifying = _qualifying(source, head)
    gathered = Gathered("pprrvu")
    fixed = head.startswith(_HDR)
    for place, cells, header in _fixed(source) if fixed else _stacked(source):
        gathered.add(place.line, *_record(place, cells, header), qualifying)
    release = quarter_in_names(source, asked) if asked.effective else _titled(head) or quarter_in_names(source, asked)
    return gathered.reading(source, release, {1: "qualifying", 0: "not-qualifying"}.get(qualifying, ""))


def _qualifying(source: OfficialFile, head: str) -> int:
    """Whether the file is that of qualifying participants; -1 where it is for all."""
    for text in (*source.names, head.split("RELEASED", maxsplit=1)[0]):
        if _NOT_QUALIFYING.search(text):
            return 0
        if _QUALIFYING.search(text):
            return 1
    return -1


def _titled(head: str) -> Release | None:
    match = _TITLE.search(head)
    if not match or not match[2]:
        return None
    try:
        return of_quarter(dt.date(int(match[1]), month(match[2]), 1))
    except ValueError:
        return None


def _stacked(source: OfficialFile) -> Iterator[_Placed]:
    stack: list[Cells] = []
    header: dict[str, int] = {}
    width = 0
    for number, cells in source.cells():
        place = Place(source, number)
        if not header:
            stack.append(cells)
            if _LAST_HEADER.match(",".join(cells)):
                header, width = _columns(place, stack), len(cells)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        place.width(cells, width)
        yield place, cells, header


def _columns(place: Place, stack: list[Cells]) -> dict[str, int]:
    """The column of each value: the words over each other, titles above the header left out."""
    width = len(stack[-1])
    words = [""] * width
    for cells in stack:
        if len(cells) == width and not any("Relative Value" in cell or "copyright" in cell.lower() for cell in cells):
            words = [f"{above} {cell.strip()}".strip() for above, cell in zip(words, cells, strict=True)]
    words = [re.sub(r"^RELEASED \S+ ", "", word) for word in words]
    found = {name: words.index(wanted) for name, wanted in _STACKED.items() if wanted in words}
    missing = sorted(set(_STACKED) - set(found))
    if missing:
        lacking = ", ".join(_STACKED[name] for name in missing)
        raise place.bad(
            f"the header has no column {lacking}", remedy="this layout is not known; report it with its header lines"
        )
    return found


def _fixed(source: OfficialFile) -> Iterator[_Placed]:
    header = {name: at for at, name in enumerate(_PLACES)}
    for number, line in source.lines():
        if line.startswith(_HDR) or not line.strip():
            continue
        place = Place(source, number)
        if len(line) < _FIXED_WIDTH:
            raise place.bad(f"expected at least {_FIXED_WIDTH} characters, got {len(line)}; the line is cut off")
        yield place, [line[first - 1 : last] for first, last in _PLACES.values()], header


def _record(place: Place, cells: Cells, header: dict[str, int]) -> tuple[Any, ...]:
    def text(name: str) -> str:
        return cells[header[name]].strip()

    def number(name: str, places: int) -> int:
        return place.scaled(cells[header[name]], places, header[name] + 1)

    if not text("status"):
        raise place.bad("has no status code", header["status"] + 1)
    return (
        place.code(text("code"), header["code"] + 1),
        place.modifier(text("modifier"), header["modifier"] + 1),
        text("status"),
        text("not_used"),
        number("work", 2),
        number("pe_nonfacility", 2),
        number("pe_facility", 2),
        number("mp", 2),
        text("na_nonfacility") == _NA,
        text("na_facility") == _NA,
        text("pctc"),
        text("global_days"),
        text("multiple"),
        number("conversion_factor", 4),
    )
