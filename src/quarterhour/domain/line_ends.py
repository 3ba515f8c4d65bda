"""Ends of lines: most systems write a line feed, old exports a carriage return alone."""

from __future__ import annotations

import re
from typing import Final

_ALONE: Final = re.compile(r"\r(?!\n)")


def with_line_feeds(text: str) -> str:
    """The text with a line feed for each carriage return that stands alone.

    No character is added or taken away, so places in the one are places in the other.
    """
    return _ALONE.sub("\n", text) if "\r" in text else text


def line_number(text: str, offset: int) -> int:
    """The line of a character, from 1, in a text whose lines end with line feeds."""
    return text.count("\n", 0, offset) + 1
