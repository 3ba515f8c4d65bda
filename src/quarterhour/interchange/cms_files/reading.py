"""What a reader of an official file is told and gives, and the values all of them read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.code import code_number, modifier_number
from quarterhour.domain.errors import DomainError
from quarterhour.interchange.cms_files.releases import Release, in_names, of_quarter
from quarterhour.interchange.cms_files.sources import OfficialFile
from quarterhour.interchange.errors import BadOfficialFile
from quarterhour.policy.forms import FOREVER, FORMS

Columns = dict[str, NDArray[Any]]
_DECIMAL = re.compile(r"(-?)(\d{1,9})(?:\.(\d{1,9}))?|(-?)\.(\d{1,9})")
_DAY: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_JULIAN: Final = re.compile(r"(\d{4})(\d{3})")
#: So many records are packed into columns at a time.
_PACKED: Final = 50_000


class Asked(msgspec.Struct, frozen=True):
    """What the person who imports says where a file does not: whose claims, and the first day of the release."""

    claim: str | None = None
    effective: dt.date | None = None


class Reading(msgspec.Struct, frozen=True):
    """One table of one file, whole. ``claim`` and ``release`` are None where neither file nor names say them."""

    source: OfficialFile
    table: str
    release: Release | None
    columns: Columns
    lines: NDArray[np.int32]
    """the line or row each record stands on"""
    variant: str = ""
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many records there are."""
        return self.lines.size


class Place(msgspec.Struct, frozen=True):
    """Where a value stands, so that what is wrong with it can be said."""

    source: OfficialFile
    line: int

    def bad(self, what: str, column: int | None = None, remedy: str = "download the file again") -> BadOfficialFile:
        """The error to raise."""
        return BadOfficialFile(self.source.where, what, remedy, line=self.line, column=column)

    def code(self, text: str, column: int) -> int:
        """A procedure code as a number."""
        try:
            return code_number(text.strip())
        except DomainError as error:
            raise self.bad(str(error), column) from None

    def modifier(self, text: str, column: int) -> int:
        """A modifier as a number, 0 for none."""
        try:
            return modifier_number(text.strip()) if text.strip() else 0
        except DomainError as error:
            raise self.bad(str(error), column) from None

    def scaled(self, text: str, places: int, column: int) -> int:
        """A decimal as a whole number of its last place; an empty cell is 0."""
        text = text.strip()
        match = _DECIMAL.fullmatch(text) if text else None
        if text and match is None:
            raise self.bad(f"expected a number, got {text!r}", column)
        if match is None:
            return 0
        sign, whole, fraction = match[1] or match[4], match[2] or "0", match[3] or match[5] or ""
        if fraction[places:].strip("0"):
            raise self.bad(f"expected at most {places} decimal places, got {text!r}", column)
        value: int = int(whole) * 10**places + int(fraction[:places].ljust(places, "0") or 0)
        return -value if sign else value

    def whole(self, text: str, column: int) -> int:
        """A number without decimal places."""
        if not text.strip().isdecimal():
            raise self.bad(f"expected a whole number, got {text.strip()!r}", column)
        return int(text)

    def day(self, text: str, column: int, *, otherwise: int = FOREVER) -> int:
        """A date as an ordinal, as any of these files write it; ``otherwise`` for an empty cell or a star."""
        text = text.strip()
        if text in {"", "*"}:
            return otherwise
        try:
            if match := _DAY.fullmatch(text):
                return dt.date(int(match[1]), int(match[2]), int(match[3])).toordinal()
            if match := _SLASHED.fullmatch(text):
                return dt.date(int(match[3]), int(match[1]), int(match[2])).toordinal()
            if match := _JULIAN.fullmatch(text):
                return dt.datetime.strptime(text, "%Y%j").replace(tzinfo=dt.UTC).date().toordinal()
        except ValueError:
            pass
        raise self.bad(f"expected a date, got {text!r}", column)

    def width(self, cells: Sequence[str], wanted: int) -> None:
        """Refuse a row that has fewer or more columns than its header."""
        if len(cells) != wanted:
            cut = "; the line is cut off" if len(cells) < wanted else ""
            raise self.bad(f"expected {wanted} columns, got {len(cells)}{cut}")


class Gathered:
    """Records as they are read, packed into columns some thousands at a time, so that a million are no objects."""

    def __init__(self, name: str) -> None:
        """``name`` is that of a form (``policy.forms``)."""
        self._name = name
        self._packed: list[Columns] = []
        self._rows: list[Sequence[Any]] = []
        self._lines: list[int] = []

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._lines)

    def add(self, line: int, *row: Any) -> None:
        """A record, its values in the order of the form's columns."""
        self._rows.append(row)
        self._lines.append(line)
        if len(self._rows) >= _PACKED:
            self._pack()

    def reading(self, source: OfficialFile, release: Release | None, variant: str = "") -> Reading:
        """The records as a reading, sorted by what is unique in them.

        Raises:
            BadOfficialFile: for no records, or two that say the same key.

        """
        if not self._lines:
            raise BadOfficialFile(source.where, "it has a header but no records", "it is cut off; download it again")
        self._pack()
        form = FORMS[self._name]
        columns = {name: np.concatenate([one[name] for one in self._packed]) for name in form.columns}
        lines = np.array(self._lines, dtype=np.int32)
        keys = np.stack([_as_number(columns[column]) for column in form.unique])
        order = np.lexsort(keys[::-1])
        same = np.flatnonzero((keys[:, order[1:]] == keys[:, order[:-1]]).all(axis=0))
        if same.size:
            one, two = sorted(lines[order[same[0] : same[0] + 2]].tolist())
            raise Place(source, two).bad(f"says again what line {one} says, on the same {', '.join(form.unique)}")
        sorted_columns = {column: values[order] for column, values in columns.items()}
        return Reading(source, self._name, release, sorted_columns, lines[order], variant)

    def _pack(self) -> None:
        if self._rows:
            kinds = FORMS[self._name].columns
            columns = zip(kinds.items(), zip(*self._rows, strict=True), strict=True)
            self._packed.append(
                {name: np.array(values, dtype=None if kind == "U" else kind) for (name, kind), values in columns}
            )
            self._rows = []


def quarter_in_names(source: OfficialFile, asked: Asked) -> Release | None:
    """The quarter a person named, else the one the names of the file speak of."""
    first = asked.effective or in_names(source.names)
    return of_quarter(first) if first else None


def _as_number(column: NDArray[Any]) -> NDArray[np.int64]:
    return column.astype(np.int64) if column.dtype.kind in "iub" else np.unique(column, return_inverse=True)[1]
