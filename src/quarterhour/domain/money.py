"""Money as integer cents; text at the edges is a decimal string such as ``"34.61"``. Never a float."""

from __future__ import annotations

import re

from quarterhour.domain.errors import BadMoney

_FORM = re.compile(r"(-?)([0-9]{1,13})(?:\.([0-9]{1,2}))?")


class Cents(int):
    """An amount of US dollars in whole cents."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: object) -> Cents:
        """Read ``"34.61"``, ``"34.6"`` or ``"34"``.

        Raises:
            BadMoney: for anything else, a JSON number included: ``34.61`` as a binary fraction is not 34.61 dollars.

        """
        match = _FORM.fullmatch(text.strip()) if isinstance(text, str) else None
        if match is None:
            msg = f'expected an amount as a decimal string such as "34.61", got {text!r}'
            raise BadMoney(msg)
        sign, whole, fraction = match.groups()
        cents = int(whole) * 100 + int((fraction or "").ljust(2, "0"))
        return cls(-cents if sign else cents)

    def __str__(self) -> str:
        """Dollars with two places, as the outward contract has them."""
        sign = "-" if self < 0 else ""
        return f"{sign}{abs(self) // 100}.{abs(self) % 100:02d}"
