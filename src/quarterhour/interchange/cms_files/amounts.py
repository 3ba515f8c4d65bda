"""Fee schedule amounts by carrier and locality (PFALL, and PFREV, which has the changes of a quarter)."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.domain.errors import BadMoney
from quarterhour.domain.money import Cents
from quarterhour.interchange.cms_files.reading import Asked, Gathered, Place, Reading, quarter_in_names
from quarterhour.interchange.cms_files.sources import OfficialFile

_RECORD = re.compile(r'^"(20\d\d)","(\d{5})","(\d\d)","[0-9A-Z]{5}",')
_TRAILER: Final = "TRL"
_WIDTH: Final = 16


def recognised(head: str) -> bool:
    """Whether its first line is a quoted record of year, carrier, locality and code."""
    return bool(_RECORD.match(head))


def read(source: OfficialFile, head: str, asked: Asked) -> Reading:
    """Read the amounts of one quarter.

    Raises:
        BadOfficialFile: for a record that is not whole, or of another year than its release.

    """
    release = quarter_in_names(source, asked)
    gathered = Gathered("pfall")
    for number, cells in source.cells():
        if not cells or cells[0].startswith(_TRAILER):
            continue
        place = Place(source, number)
        place.width(cells, _WIDTH)
        if release and cells[0] != str(release.first.year):
            raise place.bad(f"is of the year {cells[0]}, the name of the file says {release.first.year}", 1)
        gathered.add(
            number,
            place.whole(cells[1], 2),
            place.whole(cells[2], 3),
            place.code(cells[3], 4),
            place.modifier(cells[4], 5),
            _cents(place, cells, 5),
            _cents(place, cells, 6),
            cells[8].strip(),
            cells[9].strip(),
            cells[10].strip(),
            _cents(place, cells, 11),
            _cents(place, cells, 12),
        )
    return gathered.reading(source, release)


def _cents(place: Place, cells: list[str], at: int) -> int:
    try:
        return int(Cents.parse(cells[at]))
    except BadMoney as error:
        raise place.bad(str(error), at + 1) from None
