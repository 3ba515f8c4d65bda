"""Amounts that add up toward a yearly threshold, visit by visit, and when it will be passed at this pace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

import msgspec

#: Where a visit stands: it ends at or below the threshold, it passes it, or it begins at or above it.
Standing = Literal["below", "crosses", "above"]


class Step(msgspec.Struct, frozen=True):
    """What had accrued before a visit and after it, in cents."""

    before: int
    after: int
    standing: Standing


class Pace(msgspec.Struct, frozen=True):
    """How fast a threshold is neared: ``total`` cents in ``visits`` visits, over ``days`` days from first to last.

    The threshold is passed by the ``further``-th visit from now, about ``on``; None where one day gives no pace, or the
    calendar ends before.
    """

    visits: int
    total: int
    days: int
    further: int
    on: dt.date | None


def accrue(amounts: Sequence[int], start: int, threshold: int, stated: Sequence[int | None] = ()) -> list[Step]:
    """Add up ``amounts`` in order from ``start``.

    ``stated`` is what a record says had accrued before its visit; where that is more (another provider's services), it
    counts from there on. Where it is less, the payer had not yet received all of ours, and our sum counts.
    """
    steps = []
    accrued = start
    for number, amount in enumerate(amounts):
        said = stated[number] if number < len(stated) else None
        before = max(accrued, said or 0)
        accrued = before + amount
        steps.append(Step(before, accrued, standing(before, accrued, threshold)))
    return steps


def standing(before: int, after: int, threshold: int) -> Standing:
    """Where a visit stands whose amount takes the sum from ``before`` to ``after``."""
    if before >= threshold:
        return "above"
    return "crosses" if after > threshold else "below"


def forecast(days: Sequence[dt.date], amounts: Sequence[int], accrued: int, threshold: int) -> Pace | None:
    """When the threshold will be passed, if visits go on as they did; None where it is, or nothing is to go by.

    ``days`` and ``amounts`` are those of the visits so far; a visit counts with their average.
    """
    total = sum(amounts)
    if not total or accrued > threshold:
        return None
    count = len(amounts)
    # The fewest visits n with accrued + n * total / count > threshold, in whole numbers.
    further = (threshold - accrued) * count // total + 1
    treated = sorted(set(days))
    span = (treated[-1] - treated[0]).days
    between = len(treated) - 1
    # Half a day is rounded up; the last day of treatment is where counting begins.
    ahead = (2 * further * span + between) // (2 * between) if between else None
    # Visits of a cent take longer than the calendar has days.
    told = ahead is not None and ahead <= (dt.date.max - treated[-1]).days
    return Pace(count, total, span, further, treated[-1] + dt.timedelta(days=ahead or 0) if told else None)
