"""Lines priced by a payer's own fee schedule, which somebody gives as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import msgspec

from quarterhour.engine.price.payment import percent
from quarterhour.interchange.fee_csv import FeeRow, read
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.pricing import AskedLine


class OwnLine(msgspec.Struct, frozen=True):
    """A line by a payer's own schedule: the fee of each unit in cents, and what the line is allowed."""

    asked: AskedLine
    row: FeeRow
    units: tuple[int, ...]
    allowed: int


class OwnFees:
    """A payer's own fee schedule."""

    __slots__ = ("_name", "_rows")

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            Unreadable: for a file that is no such table.

        """
        self._name = path.name
        self._rows: dict[str, list[FeeRow]] = {}
        for row in read(path):
            self._rows.setdefault(row.code, []).append(row)

    def price(self, line: AskedLine, day: dt.date) -> OwnLine:
        """The fee of a line; the row of one of its modifiers goes before the row without one.

        Raises:
            BadRequest: if the schedule has no amount for the code on that day.

        """
        rows = [row for row in self._rows.get(line.code, ()) if day in row.period]
        fitting = [row for row in rows if row.modifier in line.modifiers] or [row for row in rows if not row.modifier]
        if not fitting:
            msg = f"{self._name} has no amount for {line.code} on {day}"
            raise BadRequest(msg)
        row = fitting[0]
        further = percent(row.amount, row.further_percent)
        units = tuple(int(row.amount) if unit == 0 else further for unit in range(line.units))
        fee = sum(units)
        return OwnLine(line, row, units, fee if line.charge is None else min(fee, int(line.charge)))

    def price_all(self, lines: Sequence[AskedLine], day: dt.date) -> list[OwnLine]:
        """The fees of several lines, each by itself: a payer's own schedule knows no other service of the day."""
        return [self.price(line, day) for line in lines]
