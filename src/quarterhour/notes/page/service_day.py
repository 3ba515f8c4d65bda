"""The day of the visit by its note: the date it calls so, else the likeliest of those it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from quarterhour.notes.figures.numbers import Date
from quarterhour.notes.wording.patterns import folded

_DATE_CUE: Final = folded(
    r"\b(?:dos|date(?: of (?:service|visit))?|svc date|service date|visit date|day of service|"
    r"session|missed visit|encounter date)\b[^a-z0-9]{0,6}(?:[a-z]{3,9}day,? )?$"
)
# A date by itself may be of anything ("onset date"), but at the head of a line or cell it is the visit's.
_DAY_NAMED: Final = folded(
    r"(?:\b(?:dos|date of (?:service|visit|treatment)|svc date|service date|visit date|day of service|"
    r"encounter date)\b|"
    r"(?:^|[\n|\t]|[ ]{2})[ ]*(?:date|session)\b)[^a-z0-9]{0,6}(?:[a-z]{3,9}day,? )?$"
)
_DUE_DATE: Final = folded(r"\b(?:by|through|until|till|due|before|thru|recheck|next|return|see)\b[^.\n]{0,16}$")
_CASE_DATE: Final = folded(
    r"(?:dob|born|birth|period|onset|repair|fracture|surgery|arthroplasty|replacement|stroke|s/p|dx|"
    r"tkr|tka|tha|release|reconstruction|injury|eval|soc|since|start of care)\b[^\n]{0,24}$"
)
# A day named in the course of a sentence is one that is told of.
_TOLD_OF: Final = ("on ", "since ")
_FIRST_DATES: Final = 6  # a date with its label stands in the head, which has few others: birth, onset, referral
_LABEL: Final = 40  # code points that the longest label with the name of the weekday takes
_HEAD: Final = 200  # code points: so long are the lines of a head that hold name, diagnosis and date
_SIGNATURE: Final = 120  # code points that name, credential, date and clock time of a signature take
_LONGEST_CARE: Final = 3  # years: a date so long before the last one of the note is a birth or an old operation
_DUE: Final = 24  # code points of the words before a date that lies ahead
_CASE: Final = 60  # code points that an operation or an injury with its side and its word takes


class ServiceDay(NamedTuple):
    """Month and day of the visit (None: not told), its year (0: not written), and whether the note calls it that."""

    day: tuple[int, int] | None = None
    year: int = 0
    named: bool = False


def find_service_day(low: str, dates: Sequence[Date]) -> ServiceDay:
    """The day of the visit among the dates of a note, which stand in their order."""
    labelled = (date for date in dates[:_FIRST_DATES] if _before(_DATE_CUE, low, date, _LABEL))
    chosen = next(labelled, None)
    if chosen is not None:
        return ServiceDay((chosen.month, chosen.day), chosen.year, _before(_DAY_NAMED, low, chosen, _LABEL))
    likely = _likeliest(low, dates)
    return ServiceDay() if likely is None else ServiceDay((likely.month, likely.day), likely.year)


def _before(pattern: re.Pattern[str], low: str, date: Date, reach: int) -> bool:
    """Whether the pattern is found in the code points before a date, as far as ``reach``."""
    return pattern.search(low, max(0, date.start - reach), date.start) is not None


def _likeliest(low: str, dates: Sequence[Date]) -> Date | None:
    """Of dates without a label one in the head of the note, best with its year, else that of the signature, else the
    first.
    """
    latest = max((date.year for date in dates), default=0)
    own = [
        date
        for date in dates
        if not _is_of_the_case(low, date, dates) and not (date.year and latest - date.year > _LONGEST_CARE)
    ]
    early = [date for date in own if date.start < _HEAD and (date.year or not low.endswith(_TOLD_OF, 0, date.start))]
    if early:
        return next((date for date in early if date.year), early[0])
    signed = [
        date
        for date in dates
        if date.year and date.start > len(low) - _SIGNATURE and not _before(_DUE_DATE, low, date, _DUE)
    ]
    if signed:
        return signed[-1]
    return next((date for date in own if not low.endswith(_TOLD_OF, 0, date.start)), None)


def _is_of_the_case(low: str, date: Date, dates: Sequence[Date]) -> bool:
    """The date is that of a birth, an injury or an operation: its word stands before it and no other date between."""
    case = _CASE_DATE.search(low, max(0, date.start - _CASE), date.start)
    return case is not None and not any(case.start() < other.start and other.end <= date.start for other in dates)
