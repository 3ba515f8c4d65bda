"""The form of a National Provider Identifier: ten digits, the last a check digit over an issuer prefix and the rest."""

from __future__ import annotations

from typing import Final

_LENGTH: Final = 10
_BASE: Final = 10


def is_ten_digits(text: str) -> bool:
    """Whether the text has the form of an identifier, its check digit aside."""
    return len(text) == _LENGTH and text.isascii() and text.isdigit()


def check_digit_holds(digits: str) -> bool:
    """Whether the last digit makes the sum of ISO/IEC 7812-1 (double every second from the right) end in zero."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled // _BASE + doubled % _BASE
    return total % _BASE == 0
