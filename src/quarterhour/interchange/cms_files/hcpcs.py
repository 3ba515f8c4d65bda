"""HCPCS Level II codes and modifiers of the annual file: numbers, dates and marks; its descriptions are not kept."""

from __future__ import annotations

from typing import Final

from quarterhour.domain.code import modifier_number
from quarterhour.domain.errors import DomainError
from quarterhour.interchange.cms_files.reading import Asked, Gathered, Place, Reading, quarter_in_names
from quarterhour.interchange.cms_files.sources import OfficialFile
from quarterhour.interchange.errors import BadOfficialFile

#: What the file calls the first line of a code (3) and of a modifier (7); other lines go on with a description.
_KINDS: Final = {"3": "C", "7": "M"}
_WANTED: Final = ("HCPC", "RECID", "ADD DT", "ACT EFF DT", "TERM DT", "ACTION CD", "COV")


def recognised(head: str) -> bool:
    """Whether its first line is the header of the annual file."""
    first = head.split("\n", maxsplit=1)[0].replace("\t", ",").upper()
    return first.startswith("HCPC") and all(word in first for word in _WANTED)


def read(source: OfficialFile, head: str, asked: Asked) -> Reading:
    """Read one release.

    Raises:
        BadOfficialFile: for a record that is not whole.

    """
    rows_of_file = source.cells()
    _, titles = next(rows_of_file)
    header: dict[str, int] = {name: titles.index(name) for name in _WANTED if name in titles}
    if len(header) != len(_WANTED):
        missing = ", ".join(name for name in _WANTED if name not in header)
        raise BadOfficialFile(source.where, f"its header has no column {missing}")
    gathered = Gathered("hcpcs")
    for number, cells in rows_of_file:
        place = Place(source, number)
        place.width(cells, len(titles))
        kind = _KINDS.get(cells[header["RECID"]].strip())
        if kind is None:
            continue
        added, first, last = (
            place.day(cells[header[name]], header[name] + 1, otherwise=otherwise)
            for name, otherwise in (("ADD DT", 0), ("ACT EFF DT", 0), ("TERM DT", place.day("", 0)))
        )
        text = cells[header["HCPC"]].strip()
        code = place.code(text, 1) if kind == "C" else _modifier(place, text)
        marks = (cells[header[name]].strip() for name in ("ACTION CD", "COV"))
        gathered.add(number, kind, code, added, first, last, *marks)
    return gathered.reading(source, quarter_in_names(source, asked))


def _modifier(place: Place, text: str) -> int:
    try:
        return modifier_number(text)
    except DomainError as error:
        raise place.bad(str(error), 1) from None
