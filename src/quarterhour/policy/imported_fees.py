"""Amounts of imported CMS files, and of the built-in tables where none was imported.

The relative value files come by the quarter. A day of a quarter that was not imported is answered from another quarter
of its year, which is said; never from another year, whose amounts are others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np

from quarterhour.domain.code import code_number
from quarterhour.policy.errors import NotHeld
from quarterhour.policy.fee_schedule import FACTOR_PLACES, Amounts, CostIndices, RelativeValue, unscaled
from quarterhour.policy.imported_edits import source_of_edition
from quarterhour.policy.parameter import Value
from quarterhour.policy.source import Grade
from quarterhour.policy.tables import Columns, Edition, Version, open_edition

#: The variants of the relative value files: one for all until 2025, since then two that differ in the factor.
_FOR_ALL: Final = ""
_QUALIFYING: Final = "qualifying"
_OTHERS: Final = "not-qualifying"


class ImportedAmounts:
    """The relative values and cost indices of a version over the built-in."""

    __slots__ = ("_built_in", "_editions", "_held", "_opened")

    def __init__(self, built_in: Amounts, held: Version) -> None:
        """Columns are opened when first asked for."""
        self._built_in, self._held = built_in, held
        self._editions = {"relative_values": held.of("pprrvu"), "cost_indices": held.of("gpci")}
        self._opened: dict[str, Columns] = {}

    def values(self, code: str, day: dt.date) -> RelativeValue:
        """The relative values of a code.

        Raises:
            NotHeld: for a date without a release, or a code that is not in the release of the date.

        """
        edition = self._edition("relative_values", day)
        if edition is None:
            return self._built_in.values(code, day)
        columns = self._columns(edition)
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
        columns = self._columns(edition)
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
        edition = self._edition("relative_values", day, variants=(_FOR_ALL, _QUALIFYING if qualifying else _OTHERS))
        if edition is None:
            return self._built_in.factor(day, qualifying=qualifying)
        factors = self._columns(edition)["conversion_factor"]
        return _value(edition, day, unscaled(int(factors.max()), FACTOR_PLACES))

    def release(self, table: str, day: dt.date) -> Value[str]:
        """The release that answers for the day.

        Raises:
            NotKnown: for a day without one.

        """
        edition = self._edition(table, day)
        return self._built_in.release(table, day) if edition is None else _value(edition, day, edition.release)

    def _edition(self, table: str, day: dt.date, variants: Sequence[str] = ()) -> Edition | None:
        """The edition of the day: its own, else the last before it in its year, else the next after it in its year."""
        year = [
            one
            for one in self._editions[table]
            if one.first.year == day.year and (not variants or one.variant in variants)
        ]
        begun = [one for one in year if one.first <= day]
        if begun:
            return max(begun, key=lambda one: one.first)
        return min(year, key=lambda one: one.first, default=None)

    def _columns(self, edition: Edition) -> Columns:
        if edition.folder not in self._opened:
            self._opened[edition.folder] = open_edition(self._held, edition)
        return self._opened[edition.folder]


def _value(edition: Edition, day: dt.date, value: str) -> Value[str]:
    own = edition.first <= day and (edition.through is None or day <= edition.through)
    evidence: Grade = "primary" if own else "derived"
    note = None if own else f"Answered from the release {edition.release}; that of {day} was not imported."
    return Value(value, edition.first, None, edition.through, None, source_of_edition(edition), evidence, note)
