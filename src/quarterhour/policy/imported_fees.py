"""Amounts of imported CMS files, and of the built-in tables where none was imported.

The relative value files come by the quarter. A day of a quarter that was not imported is answered from another quarter
of its year, which is said; never from another year, whose amounts are others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.code import code_number
from quarterhour.policy.errors import NotHeld
from quarterhour.policy.fee_schedule import FACTOR_PLACES, Amounts, CostIndices, RelativeValue, unscaled
from quarterhour.policy.parameter import Value
from quarterhour.policy.source import Grade, Source

#: The file is that of participants of either kind.
_ALL: Final = -1


class Edition(msgspec.Struct, frozen=True):
    """One imported release: the days it was published for, and its columns (whole numbers and short texts)."""

    release: str
    first: dt.date
    through: dt.date | None
    source: Source
    columns: Mapping[str, NDArray[Any]]


class ImportedAmounts:
    """Imported relative values (``pprrvu``) and cost indices (``gpci``) over the built-in."""

    __slots__ = ("_built_in", "_editions")

    def __init__(self, built_in: Amounts, relative_values: Sequence[Edition], cost_indices: Sequence[Edition]) -> None:
        """Editions in any order; of the relative values those of qualifying participants among them."""
        self._built_in = built_in
        self._editions = {"relative_values": relative_values, "cost_indices": cost_indices}

    def values(self, code: str, day: dt.date) -> RelativeValue:
        """The relative values of a code.

        Raises:
            NotHeld: for a date without a release, or a code that is not in the release of the date.

        """
        edition = self._edition("relative_values", day)
        if edition is None:
            return self._built_in.values(code, day)
        columns = edition.columns
        rows = np.flatnonzero((columns["code"] == code_number(code)) & (columns["modifier"] == 0))
        if not rows.size:
            raise NotHeld(code, day, f"it is not in the imported release {edition.release}")
        row = rows[0]
        return RelativeValue(
            code,
            edition.first,
            edition.through,
            columns["status"][row].decode(),
            columns["multiple"][row].decode(),
            int(columns["work"][row]),
            None if columns["na_nonfacility"][row] else int(columns["pe_nonfacility"][row]),
            None if columns["na_facility"][row] else int(columns["pe_facility"][row]),
            int(columns["mp"][row]),
        )

    def indices(self, carrier: str, locality: str, day: dt.date) -> CostIndices:
        """The cost indices of a locality.

        Raises:
            NotHeld: for a date without a release, or a locality there was not on it.

        """
        edition = self._edition("cost_indices", day)
        if edition is None:
            return self._built_in.indices(carrier, locality, day)
        columns = edition.columns
        rows = np.flatnonzero((columns["carrier"] == int(carrier)) & (columns["locality"] == int(locality)))
        if not rows.size:
            named = f"locality {carrier}-{locality}"
            raise NotHeld(named, day, f"it is not in the imported release {edition.release}")
        work, expense, malpractice = (int(columns[name][rows[0]]) for name in ("work", "pe", "mp"))
        return CostIndices(carrier, locality, edition.first, edition.through, work, expense, malpractice)

    def factor(self, day: dt.date, *, qualifying: bool) -> Value[str]:
        """The conversion factor as decimal text: that of the relative value file, else the built-in one.

        Raises:
            NotKnown: for a date whose factor is not held.

        """
        edition = self._edition("relative_values", day, kinds=(_ALL, int(qualifying)))
        if edition is None:
            return self._built_in.factor(day, qualifying=qualifying)
        factors = edition.columns["conversion_factor"]
        return _value(edition, day, unscaled(int(factors.max()), FACTOR_PLACES))

    def release(self, table: str, day: dt.date) -> Value[str]:
        """The release that answers for the day.

        Raises:
            NotKnown: for a day without one.

        """
        edition = self._edition(table, day)
        return self._built_in.release(table, day) if edition is None else _value(edition, day, edition.release)

    def _edition(self, table: str, day: dt.date, kinds: Sequence[int] = ()) -> Edition | None:
        """The edition of the day: its own, else the last before it in its year, else the next after it in its year."""
        year = [
            one
            for one in self._editions[table]
            if one.first.year == day.year and (not kinds or int(one.columns["qualifying"][0]) in kinds)
        ]
        begun = [one for one in year if one.first <= day]
        if begun:
            return max(begun, key=lambda one: one.first)
        return min(year, key=lambda one: one.first, default=None)


def _value(edition: Edition, day: dt.date, value: str) -> Value[str]:
    own = edition.first <= day and (edition.through is None or day <= edition.through)
    evidence: Grade = "primary" if own else "derived"
    note = (
        None if own else f"Answered from release {edition.release} of the same year; that of the date was not imported."
    )
    return Value(value, edition.first, None, edition.through, None, edition.source, evidence, note)
