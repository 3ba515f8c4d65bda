"""A number or an article with its noun, which must agree with it."""

from __future__ import annotations

import re
from typing import Final

_ONE: Final = re.compile(r"(?<![\d.,/])(?<!of )\b1 ((?:timed |treatment )?(?:unit|minute|day|visit|line))s\b")


def of_one(text: str) -> str:
    """A sentence filled with numbers, in which ``1 timed units`` is ``1 timed unit``; "1 of 1 units" stays."""
    return _ONE.sub(r"1 \1", text)


def counted(number: object, noun: str) -> str:
    """``1 visit``, ``2 visits``, ``2.5 hours``; the severity ``info`` has no plural."""
    shown = f"{number:,}" if isinstance(number, int) else number
    return f"{shown} {noun}{'' if number == 1 or noun == 'info' else 's'}"


def article(noun: str) -> str:
    """``a`` or ``an``, by the first letter."""
    return "an" if noun[:1].lower() in set("aeiou") else "a"
