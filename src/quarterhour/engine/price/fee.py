"""The fee of one unit: relative values by cost indices by the conversion factor.

Exact in whole numbers until it is rounded, once, half up to the cent, as the published carrier amounts are. The same
source works on integers and on arrays of them (no product here reaches 2**63).
"""

from __future__ import annotations

from typing import Final

import msgspec

#: A fee before rounding is in units of 10**-11 dollar: hundredths of a relative value, thousandths of an index, percent
#: of the practice expense and ten-thousandths of a dollar.
_CENT: Final = 10**9
WHOLE: Final = 100


class Indices(msgspec.Struct, frozen=True):
    """Cost indices of a locality in thousandths."""

    work: int
    expense: int
    malpractice: int


#: The national amount: every index 1.
NATIONAL: Final = Indices(1000, 1000, 1000)


class Values(msgspec.Struct, frozen=True):
    """Relative values of one unit in hundredths; ``expense`` is that of the site."""

    work: int
    expense: int
    malpractice: int


def unrounded(values: Values, indices: Indices, factor: int, expense_percent: int = WHOLE) -> int:
    """The fee in units of 10**-11 dollar, ``expense_percent`` of the practice expense counted.

    ``factor`` is ten-thousandths of a dollar for one relative value unit.
    """
    adjusted = (
        values.work * indices.work * WHOLE
        + values.expense * indices.expense * expense_percent
        + values.malpractice * indices.malpractice * WHOLE
    )
    return adjusted * factor


def fee(values: Values, indices: Indices, factor: int, expense_percent: int = WHOLE) -> int:
    """The fee in cents."""
    return (unrounded(values, indices, factor, expense_percent) + _CENT // 2) // _CENT
