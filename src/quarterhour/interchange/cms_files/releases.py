"""Which release a file is: the days it speaks for, read from titles and names as CMS words them."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: A month in full or in three letters (``sept`` with four).
_MONTH: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_CENTURY: Final = 2000
#: Version 32.2 of the NCCI tables is that of the third quarter of 2026: the first number counts years from 1994.
_NCCI_BEGAN: Final = 1994
_LETTERS: Final = "abcd"
_Reader = Callable[[re.Match[str]], dt.date]


class Release(msgspec.Struct, frozen=True):
    """The days a release speaks for, and how its publisher calls it."""

    first: dt.date
    through: dt.date | None
    name: str


def of_quarter(first: dt.date, name: str | None = None) -> Release:
    """The release of the quarter a day lies in, from that day on."""
    return Release(first, quarter_end(first), name or f"{first.year}Q{(first.month + 2) // 3}")


def of_year(year: int) -> Release:
    """The release of a calendar year."""
    return Release(dt.date(year, 1, 1), dt.date(year, 12, 31), str(year))


def of_fiscal_year(year: int) -> Release:
    """The release of a federal fiscal year, which begins in October of the year before."""
    return Release(dt.date(year - 1, 10, 1), dt.date(year, 9, 30), f"FY{year}")


def quarter_start(day: dt.date) -> dt.date:
    """The first day of the quarter a day lies in."""
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_end(day: dt.date) -> dt.date:
    """The last day of the quarter a day lies in."""
    start = quarter_start(day)
    return dt.date(start.year + start.month // 10, (start.month + 3) % 12, 1) - dt.timedelta(days=1)


def in_names(names: Iterable[str]) -> dt.date | None:
    """The first day of the release a name speaks of, None where none of them does."""
    for name in names:
        for form, read in _FORMS:
            match = form.search(name)
            if match:
                with contextlib.suppress(ValueError):  # digits that are no date
                    return read(match)
    return None


def month(name: str) -> int:
    """The number of a month by its English name or the beginning of it."""
    return _MONTHS.index(name[:3].lower()) + 1


def _in_quarter(year: int, number: int) -> dt.date:
    return dt.date(year, 3 * number - 2, 1)


def _form(pattern: str, read: Callable[[re.Match[str]], dt.date]) -> tuple[re.Pattern[str], _Reader]:
    return re.compile(pattern, re.IGNORECASE), read


#: How names say a release, the surest first.
_FORMS: Final = (
    _form(r"(20\d\d)[-_ ]?q([1-4])", lambda m: _in_quarter(int(m[1]), int(m[2]))),
    _form(r"v(\d\d)([0-3])(?:r\d)?(?!\d)", lambda m: _in_quarter(_NCCI_BEGAN + int(m[1]), int(m[2]) + 1)),
    _form(
        r"(?:rvu|pfrev|pfall|pf)(?:20)?(\d\d)([a-d])(?![a-z]*\d)",
        lambda m: _in_quarter(_CENTURY + int(m[1]), _LETTERS.index(m[2].lower()) + 1),
    ),
    _form(r"(?<!\d)(\d\d)[-_/]?(\d\d)[-_/]?(20\d\d)(?!\d)", lambda m: dt.date(int(m[3]), int(m[1]), int(m[2]))),
    _form(rf"(20\d\d)[-_ ]*({_MONTH})(?![a-z])", lambda m: dt.date(int(m[1]), month(m[2]), 1)),
    _form(rf"({_MONTH})[-_ ]*(?:\d{{1,2}}[-_, ]+)?(20\d\d)", lambda m: dt.date(int(m[2]), month(m[1]), 1)),
    _form(rf"(?<!\d)(\d\d)_({_MONTH})(?![a-z])", lambda m: dt.date(_CENTURY + int(m[1]), month(m[2]), 1)),
)
