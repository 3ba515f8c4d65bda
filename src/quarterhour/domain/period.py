"""A stretch of calendar days, both ends included."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both included; ``None`` is an end that is not known or not yet come."""

    first: dt.date | None = None
    last: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.first and self.last and self.last < self.first:
            msg = f"a period cannot end on {self.last} before it begins on {self.first}"
            raise ValueError(msg)

    def __contains__(self, day: dt.date) -> bool:
        """Whether the day lies inside, an open end taken as far away."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: Period) -> bool:
        """Whether the two have a day in common."""
        return (self.first is None or other.last is None or self.first <= other.last) and (
            other.first is None or self.last is None or other.first <= self.last
        )


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of a month that is too short for it."""
    year, month = divmod(day.month - 1 + months, 12)
    length = calendar.monthrange(day.year + year, month + 1)[1]
    return day.replace(year=day.year + year, month=month + 1, day=min(day.day, length))
