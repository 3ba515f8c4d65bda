"""Fee schedule areas and the counties in them."""

from __future__ import annotations

import re
from typing import Any

from quarterhour.interchange.cms_files.reading import Asked, Gathered, Place, Reading
from quarterhour.interchange.cms_files.releases import of_quarter, of_year
from quarterhour.interchange.cms_files.sources import OfficialFile
from quarterhour.interchange.errors import BadOfficialFile

_HEADER = re.compile(r"locality number.*fee schedule area.*counties", re.IGNORECASE | re.DOTALL)
_YEAR = re.compile(r"(20\d\d) LOCALITIES", re.IGNORECASE)
_WIDTH = 5


def recognised(head: str) -> bool:
    """Whether a header names localities, areas and counties."""
    return bool(_HEADER.search(head))


def read(source: OfficialFile, head: str, asked: Asked) -> Reading:
    """Read the areas of one year. A blank state is that of the line above, as the file has it.

    Raises:
        BadOfficialFile: for a record that is not whole.

    """
    rows: list[tuple[Any, ...]] = []
    lines: list[int] = []
    headed, state = False, ""
    for number, cells in source.cells():
        if not headed:
            headed = bool(_HEADER.search(" ".join(cells)))
            continue
        texts = [" ".join(cell.split()) for cell in cells]
        if not any(texts):
            continue
        place = Place(source, number)
        if len(texts) < _WIDTH:
            place.width(cells, _WIDTH)
        if not texts[0] and not texts[1]:
            if texts[4] and rows:  # the counties go on in the next line
                rows[-1] = (*rows[-1][:-1], f"{rows[-1][-1]} {texts[4]}")
            continue
        if not texts[0].isdecimal():
            continue  # footnotes
        state = texts[2] or state
        rows.append((place.whole(texts[0], 1), place.whole(texts[1], 2), state, texts[3], texts[4]))
        lines.append(number)
    if not headed:
        raise BadOfficialFile(source.where, "it has no header with localities and counties")
    year = _YEAR.search(head)
    release = of_quarter(asked.effective) if asked.effective else year and of_year(int(year[1]))
    gathered = Gathered("locality")
    for number, row in zip(lines, rows, strict=True):
        gathered.add(number, *row)
    return gathered.reading(source, release)
