"""The Physician Fee Schedule: relative values of a code, cost indices of a locality, dollars for one unit of value.

All are whole numbers, so that an amount is exact until it is rounded once: relative values in hundredths, indices in
thousandths, conversion factors in ten-thousandths of a dollar.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final, Protocol

import msgspec

from quarterhour.policy.errors import BadPolicyData, NotHeld, NotKnown
from quarterhour.policy.parameter import Parameter, Value, day_of, parameter
from quarterhour.policy.reading import DataFiles
from quarterhour.policy.source import Source

VALUE_PLACES: Final = 2
INDEX_PLACES: Final = 3
FACTOR_PLACES: Final = 4
_DECIMAL = re.compile(r"(\d+)(?:\.(\d+))?")
_NO_AMOUNT: Final = "NA"
_ELSEWHERE: Final = "quarterhour policy import takes the CMS file of that date, --fees amounts of your own"


class RelativeValue(msgspec.Struct, frozen=True):
    """What the fee schedule says of a code from ``first`` on (to ``last`` where the code left it).

    ``office`` and ``facility`` are practice expense, None where the fee schedule has no amount; ``multiple`` is the
    multiple procedure indicator. Values are hundredths of a unit.
    """

    code: str
    first: dt.date
    last: dt.date | None
    status: str
    multiple: str
    work: int
    office: int | None
    facility: int | None
    malpractice: int


class CostIndices(msgspec.Struct, frozen=True):
    """The geographic practice cost indices of a locality from ``first`` on, in thousandths."""

    carrier: str
    locality: str
    first: dt.date
    last: dt.date | None
    work: int
    expense: int
    malpractice: int


class Amounts(Protocol):
    """Where amounts come from: the built-in tables, or files somebody imported."""

    def values(self, code: str, day: dt.date) -> RelativeValue:
        """The relative values of a code, or ``NotKnown``."""
        ...

    def indices(self, carrier: str, locality: str, day: dt.date) -> CostIndices:
        """The cost indices of a locality, or ``NotKnown``."""
        ...

    def factor(self, day: dt.date, *, qualifying: bool) -> Value[str]:
        """The conversion factor as decimal text, or ``NotKnown``."""
        ...

    def release(self, table: str, day: dt.date) -> Value[str]:
        """The release of ``relative_values`` or ``cost_indices`` that answers for the day, or ``NotKnown``."""
        ...


class FeeSchedule:
    """The built-in tables: therapy codes, every locality."""

    __slots__ = ("_factor", "_indices", "_releases", "_values")

    def __init__(self, data: DataFiles, sources: dict[str, Source], factor: Callable[[str], Parameter[str]]) -> None:
        """Read ``fees/``; ``factor`` gives the parameter of a conversion factor by its name."""
        self._factor = factor
        self._releases: dict[str, Parameter[str]] = {
            table: parameter(f"fees/releases {table}", entry, sources)
            for table, entry in data.files["fees/releases"]["releases"].items()
        }
        self._values = {row["code"]: row["values"] for row in data.files["fees/relative_values"]}
        self._indices = {(row["carrier"], row["locality"]): row["indices"] for row in data.files["fees/cost_indices"]}

    def values(self, code: str, day: dt.date) -> RelativeValue:
        """The relative values of a code.

        Raises:
            NotHeld: for a date without a release, or a code that is not in the release of the date.

        """
        self._within("relative_values", code, day)
        run = _on(self._values.get(code, ""), day)
        if run is None:
            raise NotHeld(code, day, f"the built-in relative values are those of therapy codes; {_ELSEWHERE}")
        status, multiple, work, office, facility, malpractice = run.cells
        return RelativeValue(
            code,
            run.first,
            run.last,
            status,
            multiple,
            scaled(work, VALUE_PLACES),
            None if office == _NO_AMOUNT else scaled(office, VALUE_PLACES),
            None if facility == _NO_AMOUNT else scaled(facility, VALUE_PLACES),
            scaled(malpractice, VALUE_PLACES),
        )

    def indices(self, carrier: str, locality: str, day: dt.date) -> CostIndices:
        """The cost indices of a locality.

        Raises:
            NotHeld: for a date without a release, or a locality there was not on it.

        """
        name = f"locality {carrier}-{locality}"
        self._within("cost_indices", name, day)
        run = _on(self._indices.get((carrier, locality), ""), day)
        if run is None:
            raise NotHeld(name, day, "there was no such payment locality on that day")
        work, expense, malpractice = (scaled(cell, INDEX_PLACES) for cell in run.cells)
        return CostIndices(carrier, locality, run.first, run.last, work, expense, malpractice)

    def factor(self, day: dt.date, *, qualifying: bool) -> Value[str]:
        """The conversion factor as decimal text; ``qualifying`` participants had no factor of their own before 2026.

        Raises:
            NotHeld: for a date after the last one it was published for.
            NotKnown: for a date before the first.

        """
        own = self._factor("cms/conversion_factor:conversion_factor_qualifying")
        apart = qualifying and day >= own.known_from
        value = (own if apart else self._factor("cms/conversion_factor:conversion_factor")).on(day)
        if value.as_of(day):
            raise NotHeld("conversion factor", day, f"the newest is that of {value.first.year}; {_ELSEWHERE}")
        return value

    def release(self, table: str, day: dt.date) -> Value[str]:
        """The release that answers for the day.

        Raises:
            NotKnown: for a day without one.

        """
        return self._releases[table].on(day)

    def _within(self, table: str, what: str, day: dt.date) -> None:
        try:
            self.release(table, day)
        except NotKnown:
            releases = self._releases[table].values
            title = f"the built-in {table.replace('_', ' ')}"
            held = f"{title} are those of {releases[0].first} to {releases[-1].last}; {_ELSEWHERE}"
            raise NotHeld(what, day, held) from None


def scaled(text: str, places: int) -> int:
    """A decimal as a whole number of units of its last place: ``scaled("0.44", 2)`` is 44.

    Raises:
        BadPolicyData: for anything but a decimal with at most so many places.

    """
    match = _DECIMAL.fullmatch(text.strip())
    if match is None or len(match[2] or "") > places:
        msg = f"expected a decimal with at most {places} places, got {text!r}"
        raise BadPolicyData(msg)
    return int(match[1] + (match[2] or "").ljust(places, "0"))


def unscaled(number: int, places: int) -> str:
    """The decimal text of :func:`scaled`, all its places written."""
    return f"{number // 10**places}.{number % 10**places:0{places}d}"


class _Run(msgspec.Struct, frozen=True):
    """What a table says from a day on."""

    first: dt.date
    last: dt.date | None
    cells: tuple[str, ...]


def _on(runs: str, day: dt.date) -> _Run | None:
    """The run of that day among runs that rise by date; read only when asked for, since most are never."""
    # ISO dates stand first in a run and compare as text.
    begun = [run for run in runs.split("; ") if run and run[: len("2020-01-01")] <= day.isoformat()]
    if not begun:
        return None
    span, *cells = begun[-1].split(" ")
    first, _, last = span.partition("/")
    if last and day.isoformat() > last:
        return None
    return _Run(day_of(first, span), day_of(last, span) if last else None, tuple(cells))
