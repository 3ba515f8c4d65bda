"""ICD-10-CM codes of the order file: fixed places; the titles are not kept."""

from __future__ import annotations

import datetime as dt
import re

from quarterhour.interchange.cms_files.reading import Asked, Gathered, Place, Reading
from quarterhour.interchange.cms_files.releases import Release, of_fiscal_year
from quarterhour.interchange.cms_files.sources import OfficialFile

_RECORD = re.compile(r"(\d{5}) ([A-Z][0-9][0-9A-Z]{1,5}) *([01]) \S.*")
_YEAR = re.compile(r"(20\d\d)")
_APRIL = re.compile(r"apr", re.IGNORECASE)


def recognised(head: str) -> bool:
    """Whether its first line is a numbered code."""
    return bool(_RECORD.fullmatch(head.split("\n", maxsplit=1)[0].rstrip()))


def read(source: OfficialFile, head: str, asked: Asked) -> Reading:
    """Read one release.

    Raises:
        BadOfficialFile: for a record that is not whole, or whose number does not follow that of the line above.

    """
    gathered = Gathered("icd10cm")
    order = 0
    for number, line in source.lines():
        if not line.strip():
            continue
        place = Place(source, number)
        match = _RECORD.fullmatch(line.rstrip())
        if match is None:
            raise place.bad("the line has not the form of an order file's; it is cut off or of another file")
        if int(match[1]) != order + 1 and order:
            raise place.bad(f"has the number {match[1]}, the line above {order:05d}: lines are missing", 1)
        order = int(match[1])
        gathered.add(number, match[2], match[3] == "1")
    return gathered.reading(source, _release(source, asked))


def _release(source: OfficialFile, asked: Asked) -> Release | None:
    """A fiscal year from the names; the April update replaces it from that day on."""
    if asked.effective:
        year = of_fiscal_year(asked.effective.year + (asked.effective.month >= 10))
        return Release(asked.effective, year.through, year.name)
    for name in source.names:
        match = _YEAR.search(name)
        if match:
            year = of_fiscal_year(int(match[1]))
            april = any(_APRIL.search(one) for one in source.names)
            return Release(dt.date(int(match[1]), 4, 1), year.through, f"{year.name} April") if april else year
    return None
