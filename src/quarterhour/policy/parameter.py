"""A dated value of one authority, and the values it had.

Asked for a day before its first value a parameter is *not known*; asked for a day after the last one was published for,
it answers from that one and says so (``Value.as_of``).
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.policy.errors import BadPolicyData, NotKnown
from quarterhour.policy.source import Grade, Source, grade, source_of

T = TypeVar("T")
IntArray = NDArray[np.int64]
Plain = int | str | bool | list[str]


class Value(msgspec.Struct, Generic[T], frozen=True):
    """One value. ``first`` to ``last`` is when it holds, ``through`` the last day it was published for."""

    value: T
    first: dt.date
    last: dt.date | None
    through: dt.date | None
    published: str | None
    source: Source
    evidence: Grade
    note: str | None = None

    def as_of(self, day: dt.date) -> dt.date | None:
        """The release this is answered from, where ``day`` lies after what it was published for."""
        return self.through if self.through and day > self.through else None


class Parameter(msgspec.Struct, Generic[T], frozen=True):
    """A dated value. ``values`` rise by date and do not overlap; a gap between them is not known."""

    name: str
    title: str
    unit: str
    values: tuple[Value[T], ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def known_from(self) -> dt.date:
        """The first day for which it is known."""
        return self.values[0].first

    def on(self, day: dt.date) -> Value[T]:
        """The value of that day.

        Raises:
            NotKnown: before the first value, or where a value ended and none followed.

        """
        place = bisect.bisect_right(self.starts, day.toordinal()) - 1
        if place < 0:
            raise NotKnown(self.name, day, self.known_from)
        value = self.values[place]
        if value.last and day > value.last:
            raise NotKnown(self.name, day, None)
        return value

    def at(self, days: IntArray, *, unknown: int, number: Callable[[T], int] | None = None) -> IntArray:
        """The values of many days (ordinals) as integers, ``unknown`` where it is not known.

        ``number`` makes an integer of a value that is not one.
        """
        number = number or _whole
        if days.size == 1:  # one visit: setting up array calls would cost more than the answer
            place = bisect.bisect_right(self.starts, days[0]) - 1
            known = place >= 0 and days[0] <= self.ends[place]
            return np.array([number(self.values[place].value) if known else unknown], dtype=np.int64)
        earliest, latest = int(days.min(initial=_FOREVER)), int(days.max(initial=0))
        first, last = (bisect.bisect_right(self.starts, day) - 1 for day in (earliest, latest))
        if 0 <= first == last and latest <= self.ends[last]:  # mostly all days of a batch are in one value's stretch
            return np.full(days.size, number(self.values[last].value))
        places = np.searchsorted(np.array(self.starts), days, side="right") - 1
        numbers = np.array([number(value.value) for value in self.values], dtype=np.int64)
        return np.where((places >= 0) & (days <= np.array(self.ends)[places]), numbers[places], unknown)


def _whole(value: object) -> int:
    return int(cast("int", value))


_FOREVER = dt.date.max.toordinal()


def day_of(text: object, where: str) -> dt.date:
    """A date of the data.

    Raises:
        BadPolicyData: for anything but an ISO date.

    """
    try:
        if isinstance(text, str):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    msg = f"{where}: expected a date such as 2024-07-01, got {text!r}"
    raise BadPolicyData(msg)


def parameter(name: str, entry: dict[str, Any], known: dict[str, Source]) -> Parameter[Any]:
    """Build a parameter from its entry in a data file.

    Raises:
        BadPolicyData: for no values, dates that do not rise, or a value without a source.

    """
    values: list[Value[Any]] = []
    for row in entry.get("values") or ():
        where = f"{name} {row.get('from')}"
        first = day_of(row.get("from"), where)
        if values and first <= values[-1].first:
            msg = f"{where}: dates must rise"
            raise BadPolicyData(msg)
        values.append(
            Value(
                row["value"],
                first,
                day_of(row["to"], where) if row.get("to") else None,
                day_of(row["through"], where) if row.get("through") else None,
                row.get("published"),
                source_of(row, known, where),
                grade(row.get("evidence"), where),
                row.get("note"),
            )
        )
    if not values:
        msg = f"{name}: a parameter needs at least one value"
        raise BadPolicyData(msg)
    starts = tuple(value.first.toordinal() for value in values)
    ends = tuple(value.last.toordinal() if value.last else _FOREVER for value in values)
    return Parameter(name, entry.get("title", name), entry.get("unit", "text"), tuple(values), starts, ends)
