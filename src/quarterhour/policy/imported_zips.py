"""Payment localities of ZIP codes, from imported files of five and of nine digits."""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np

from quarterhour.policy.imported_edits import source_of_edition
from quarterhour.policy.localities import Locality, ZipLocality
from quarterhour.policy.tables import Edition, Version, open_edition

_FIVE: Final = 5
_NINE: Final = 9


class ImportedZips:
    """The ZIP codes of a version."""

    __slots__ = ("_held",)

    def __init__(self, held: Version) -> None:
        """Columns are opened when first asked for."""
        self._held = held

    def first(self, day: dt.date) -> dt.date | None:
        """The first day of the file that answers for a day; None if none was imported."""
        edition = self._edition("zip", day)
        return edition.first if edition else None

    def find(self, zip_code: str, day: dt.date) -> ZipLocality | None:
        """The locality of a ZIP code; of nine digits that of the ZIP+4 code, if a file of them was imported."""
        digits = zip_code.strip().replace("-", "")
        edition = self._edition("zip", day)
        if edition is None or not digits.isdecimal() or len(digits) not in {_FIVE, _NINE}:
            return None
        columns = open_edition(self._held, edition)
        rows = np.flatnonzero(columns["zip"] == int(digits[:_FIVE]))
        if not rows.size:
            return None
        row = rows[0]
        carrier, number, shared = (columns[name][row] for name in ("carrier", "locality", "plus_four"))
        nine = self._edition("zip9", day)
        if shared and nine and len(digits) == _NINE:
            columns = open_edition(self._held, nine)
            asked = (columns["zip"] == int(digits[:_FIVE])) & (columns["plus_four"] == int(digits[_FIVE:]))
            rows = np.flatnonzero(asked)
            shared = False
            if rows.size:
                carrier, number = columns["carrier"][rows[0]], columns["locality"][rows[0]]
                edition = nine
        locality = Locality(f"{carrier:05d}", f"{number:02d}", (), f"Locality {number:02d}")
        source = source_of_edition(edition)
        return ZipLocality(digits[:_FIVE], locality, bool(shared), edition.first, source, "primary")

    def _edition(self, table: str, day: dt.date) -> Edition | None:
        """The last edition begun by the day, or the first there is."""
        editions = self._held.of(table)
        begun = [one for one in editions if one.first <= day]
        return begun[-1] if begun else next(iter(editions), None)
