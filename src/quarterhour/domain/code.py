"""Procedure codes and modifiers as small integers.

Both are read in base 36, so the integer order is the alphabetical order and no dictionary is needed to go either way.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from quarterhour.domain.errors import BadCode, BadModifier

_CODE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@functools.lru_cache(maxsize=1 << 15)
def code_number(code: str) -> int:
    """``"97530"`` as an integer below 36**5.

    Raises:
        BadCode: unless the code has five places: letters or digits at the ends, digits between.

    """
    if not _CODE.fullmatch(code):
        msg = f"expected a five-place procedure code such as 97530 or G0283, got {code!r}"
        raise BadCode(msg)
    return int(code, 36)


def modifier_number(modifier: str) -> int:
    """``"59"`` or ``"GP"`` as an integer below 36**2.

    Raises:
        BadModifier: unless the modifier has two places, letters or digits.

    """
    if not _MODIFIER.fullmatch(modifier):
        msg = f"expected a two-place modifier such as GP or 59, got {modifier!r}"
        raise BadModifier(msg)
    return int(modifier, 36)


@functools.lru_cache(maxsize=1 << 15)
def code_text(number: int) -> str:
    """The code of :func:`code_number`."""
    return _base36(number, 5)


def modifier_text(number: int) -> str:
    """The modifier of :func:`modifier_number`."""
    return _base36(number, 2)


def _base36(number: int, places: int) -> str:
    text = ""
    for _ in range(places):
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text
