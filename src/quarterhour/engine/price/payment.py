"""From what a line is allowed to what is paid for it, each step rounded to the cent.

The order is Medicare's: deductible, coinsurance, the assistant's reduction of what Medicare pays (not of what it
allows), sequestration.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from quarterhour.engine.price.fee import WHOLE


class Shares(msgspec.Struct, frozen=True):
    """Percentages of one date of service."""

    medicare: int
    """of the allowed amount after the deductible"""
    assistant: int
    """of the payment for a line with CQ or CO"""
    sequestration: int
    """taken off what is left to pay"""


class Allowed(msgspec.Struct, frozen=True):
    """A line's allowed amount in cents; ``assisted``: it carries CQ or CO."""

    cents: int
    assisted: bool


class Payment(msgspec.Struct, frozen=True):
    """What becomes of an allowed amount, in cents.

    ``share`` is Medicare's before ``assistant_reduction`` and ``sequestration``, ``medicare`` what it pays.
    """

    allowed: int
    deductible: int
    coinsurance: int
    share: int
    assistant_reduction: int
    sequestration: int
    medicare: int

    @property
    def patient(self) -> int:
        """What the patient owes. The assistant's reduction and sequestration do not fall on the patient."""
        return self.deductible + self.coinsurance


def payments(lines: Iterable[Allowed], deductible_left: int, shares: Shares) -> list[Payment]:
    """What becomes of each line, in order; the deductible is taken from the first lines until none is left."""
    found = []
    for line in lines:
        deductible = min(deductible_left, line.cents)
        deductible_left -= deductible
        rest = line.cents - deductible
        share = percent(rest, shares.medicare)
        after = percent(share, shares.assistant) if line.assisted else share
        sequestration = percent(after, shares.sequestration)
        found.append(
            Payment(line.cents, deductible, rest - share, share, share - after, sequestration, after - sequestration)
        )
    return found


def total(paid: Iterable[Payment]) -> Payment:
    """The sum of several lines."""
    rows = [msgspec.structs.astuple(one) for one in paid]
    return Payment(*(sum(column) for column in zip(*rows, strict=True))) if rows else Payment(0, 0, 0, 0, 0, 0, 0)


def percent(cents: int, of: int) -> int:
    """So many percent of an amount that is not negative, half a cent rounded up."""
    return (cents * of + WHOLE // 2) // WHOLE
