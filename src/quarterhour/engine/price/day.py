"""The fees of all units of one patient, one day and one billing provider, after the multiple procedure reduction.

One unit of the day is paid its practice expense in full: of the services under the reduction the one with the highest
practice expense, and among equals the one with the highest fee (Pub. 100-04 ch. 5 s. 10.7). Every other unit of
every service under the reduction, of whatever discipline and further units of the first one included, is reduced.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from quarterhour.engine.price.fee import WHOLE, Indices, Values, fee, unrounded


class Entry(msgspec.Struct, frozen=True):
    """So many units of one service. ``reduced``: it is under the multiple procedure reduction."""

    values: Values
    units: int
    reduced: bool


class UnitFee(msgspec.Struct, frozen=True):
    """The fee of one unit, counted from 1 within the entry at ``entry``; ``cents`` after the reduction."""

    entry: int
    unit: int
    expense_percent: int
    cents: int


def in_full(entries: Sequence[Entry], indices: Indices, factor: int) -> int | None:
    """The entry whose first unit keeps its whole practice expense, None if none is under the reduction."""
    ranked = [number for number, entry in enumerate(entries) if entry.reduced and entry.units]
    # The fee is compared before rounding: then two that tie in both have the same reduced fee, whichever comes first.
    return max(
        ranked,
        key=lambda n: (entries[n].values.expense, unrounded(entries[n].values, indices, factor)),
        default=None,
    )


def unit_fees(entries: Sequence[Entry], indices: Indices, factor: int, further_percent: int) -> list[UnitFee]:
    """The fee of every unit, in the order of the entries.

    ``further_percent`` is the share of the practice expense that is paid beyond the one unit in full.
    """
    first = in_full(entries, indices, factor)
    fees = []
    for number, entry in enumerate(entries):
        for unit in range(1, entry.units + 1):
            whole = not entry.reduced or (number == first and unit == 1)
            percent = WHOLE if whole else further_percent
            fees.append(UnitFee(number, unit, percent, fee(entry.values, indices, factor, percent)))
    return fees
