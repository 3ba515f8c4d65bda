"""Add-on codes: which codes one must stand beside, as a table with a header or as fixed-width lines."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.interchange.cms_files.reading import Asked, Gathered, Place, Reading, quarter_in_names
from quarterhour.interchange.cms_files.sources import OfficialFile
from quarterhour.interchange.errors import BadOfficialFile
from quarterhour.policy.forms import FOREVER

#: Stands for a primary code where the contractor decides which it may be.
CONTRACTOR_DEFINED: Final = "CCCCC"
_CODE: Final = r"[0-9A-Z][0-9]{3}[0-9A-Z]"
_FIXED = re.compile(rf"([123])({_CODE}) +(\d{{7}} +)?({_CODE}|C{{5}}) +(?:(\d{{7}})(?: +(\d{{7}}))?)?(?: .*|)")
_WORDS: Final = {
    "add_on": re.compile(r"add.?on.?(code)?"),
    "primary": re.compile(r"(primary|column.?1).?(code)?"),
    "type": re.compile(r"(aoc|add.?on).*type.*"),
    "first": re.compile(r"aoc.?edit.?eff.*|effective.?date"),
    "last": re.compile(r"aoc.?edit.?del.*|deletion.?date"),
}
_FEWEST_FIXED: Final = 3


def recognised(head: str) -> bool:
    """Whether it has the header of the table, or begins with its fixed-width lines."""
    lines = head.splitlines()
    if sum(bool(_FIXED.fullmatch(line.rstrip())) for line in lines) >= _FEWEST_FIXED:
        return True
    return any({"add_on", "primary", "type"} <= set(_header(re.split(r"[\t,]", line))) for line in lines)


def read(source: OfficialFile, head: str, asked: Asked) -> Reading:
    """Read the table.

    Raises:
        BadOfficialFile: for a record that is not whole.

    """
    fixed = any(_FIXED.fullmatch(line.rstrip()) for line in head.splitlines()) and not source.workbook
    gathered = _of_lines(source) if fixed else _of_cells(source)
    return gathered.reading(source, quarter_in_names(source, asked))


def _header(cells: list[str]) -> dict[str, int]:
    """The columns by what they hold."""
    words = [cell.strip(' "').lower().replace(" ", "_") for cell in cells]
    hits = ((name, at) for name, form in _WORDS.items() for at, word in enumerate(words) if form.fullmatch(word))
    return dict(reversed(list(hits)))


def _of_lines(source: OfficialFile) -> Gathered:
    gathered = Gathered("add-on")
    for number, line in source.lines():
        match = _FIXED.fullmatch(line.rstrip())
        place = Place(source, number)
        if match:
            first = place.day(match[5] or "", 4, otherwise=0)
            last = place.day(match[6] or "", 5)
            gathered.add(number, place.code(match[2], 2), _primary(place, match[4], 3), int(match[1]), first, last)
        elif len(gathered) and line.strip():
            raise place.bad("the line has not the form of an add-on record; it is cut off or of another file")
    return gathered


def _of_cells(source: OfficialFile) -> Gathered:
    header: dict[str, int] = {}
    width = 0
    gathered = Gathered("add-on")
    for number, cells in source.cells():
        if not header:
            found = _header(cells)
            header, width = (found, len(cells)) if {"add_on", "primary", "type"} <= set(found) else ({}, 0)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        place = Place(source, number)
        place.width(cells, width)
        kind = cells[header["type"]].strip()
        if kind not in {"1", "2", "3"}:
            raise place.bad(f"expected a type 1, 2 or 3, got {kind!r}", header["type"] + 1)
        days = {
            name: place.day(cells[header[name]], header[name] + 1, **({"otherwise": 0} if name == "first" else {}))
            for name in ("first", "last")
            if name in header
        }
        add_on = place.code(cells[header["add_on"]], header["add_on"] + 1)
        primary = _primary(place, cells[header["primary"]], header["primary"] + 1)
        gathered.add(number, add_on, primary, int(kind), days.get("first", 0), days.get("last", FOREVER))
    if not header:
        raise BadOfficialFile(source.where, "it has no header with add-on and primary codes")
    return gathered


def _primary(place: Place, text: str, column: int) -> int:
    return 0 if text.strip() in {CONTRACTOR_DEFINED, ""} else place.code(text, column)
