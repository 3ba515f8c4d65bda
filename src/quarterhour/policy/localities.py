"""Payment localities of the fee schedule, and the ZIP codes that lie in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, Protocol

import msgspec

from quarterhour.policy.errors import UnknownName
from quarterhour.policy.parameter import day_of
from quarterhour.policy.reading import DataFiles
from quarterhour.policy.source import Grade, Source, grade, source_of

_FORM: Final = re.compile(r"(\d{5})-(\d{2})")
_RANGE: Final = re.compile(r"(\d\d)(?:-(\d\d))?(\+?)")


class Locality(msgspec.Struct, frozen=True):
    """A payment locality: the contractor's Part B number and the two digits within it; the name is ours."""

    carrier: str
    number: str
    states: tuple[str, ...]
    name: str


class ZipLocality(msgspec.Struct, frozen=True):
    """The locality of a ZIP code, by the file of ``as_of``. ``shared``: other parts of it lie in another locality."""

    zip: str
    locality: Locality
    shared: bool
    as_of: dt.date
    source: Source
    evidence: Grade


class Zips(Protocol):
    """ZIP code files somebody imported; :class:`Localities` asks them beside its own."""

    def first(self, day: dt.date) -> dt.date | None:
        """The first day of the file that answers for a day; None if there is none."""
        ...

    def find(self, zip_code: str, day: dt.date) -> ZipLocality | None:
        """The locality of a ZIP code of five or nine digits; None if the file does not have it."""
        ...


class Localities:
    """Every payment locality there was since the tables begin, which is ``known_from``."""

    __slots__ = ("_every", "_evidence", "_imported", "_source", "_zips", "as_of", "known_from")

    def __init__(self, data: DataFiles, sources: dict[str, Source], imported: Zips | None = None) -> None:
        """Read ``fees/localities`` and ``fees/zip_localities``; later ``imported`` files go before."""
        self._imported = imported
        self._every = {
            (row["carrier"], row["locality"]): Locality(
                row["carrier"], row["locality"], tuple(row["states"].split()), row["name"]
            )
            for row in data.files["fees/localities"]
        }
        self._zips = [((row["carrier"], row["locality"]), row["zips"]) for row in data.files["fees/zip_localities"]]
        named = data.files["fees/tables"]["localities"]
        self.known_from = day_of(named["covers_from"], "fees/tables localities")
        described = data.files["fees/tables"]["zip-localities"]
        self.as_of = day_of(described["as_of"], "fees/tables zip-localities")
        self._source = source_of(described, sources, "fees/tables zip-localities")
        self._evidence: Grade = grade(described["evidence"], "fees/tables zip-localities")

    def __iter__(self) -> Iterator[Locality]:
        """Every locality, by carrier and number."""
        return iter(self._every[key] for key in sorted(self._every))

    def named(self, text: str) -> Locality:
        """The locality of a text such as ``04412-11``.

        Raises:
            UnknownName: if there is none.

        """
        match = _FORM.fullmatch(text.strip())
        found = self._every.get((match[1], match[2])) if match else None
        if found is None:
            raise UnknownName("locality", text, (f"{carrier}-{number}" for carrier, number in self._every))
        return found

    def of_carrier(self, carrier: str) -> list[Locality]:
        """The localities of a contractor's Part B number that have ZIP codes now, by number.

        Raises:
            UnknownName: if there is no such number.

        """
        found = [one for one in self._in_use() if one.carrier == carrier]
        if not found:
            raise UnknownName("Part B contractor number", carrier, {one.carrier for one in self._every.values()})
        return found

    def of_state(self, state: str) -> list[Locality]:
        """The localities that have ZIP codes in a state now, by carrier and number."""
        return [one for one in self._in_use() if state in one.states]

    def _in_use(self) -> list[Locality]:
        return [self._every[key] for key in sorted(key for key, _ in self._zips)]

    def of_zip(self, zip_code: str, day: dt.date) -> ZipLocality | None:
        """The locality of a ZIP code of five or nine digits on a day; None if the file of that day does not have it.

        The latest file before the day answers, or the first there is.
        """
        imported = self._imported
        first = imported.first(day) if imported else None
        if imported is None or first is None or _answering((first, self.as_of), day) != first:
            return self._built_in(zip_code)
        found = imported.find(zip_code, day)
        return self._named(found) if found else None

    def _named(self, found: ZipLocality) -> ZipLocality:
        """The same with our name for the locality, where there is one."""
        ours = self._every.get((found.locality.carrier, found.locality.number))
        return msgspec.structs.replace(found, locality=ours) if ours else found

    def _built_in(self, zip_code: str) -> ZipLocality | None:
        five = zip_code.strip().replace("-", "")[:5]
        for key, zips in self._zips:
            start = f"/{zips}".find(f"/{five[:3]}:")
            if start < 0:
                continue
            listed = zips[start + 4 :].partition("/")[0]
            for part in listed.split():
                match = _RANGE.fullmatch(part)
                if match and match[1] <= five[3:] <= (match[2] or match[1]):
                    return ZipLocality(five, self._every[key], bool(match[3]), self.as_of, self._source, self._evidence)
        return None


def _answering(files: tuple[dt.date, ...], day: dt.date) -> dt.date:
    """The first day of the file that answers for a day: the last begun, or the first there is."""
    begun = [first for first in files if first <= day]
    return max(begun) if begun else min(files)
