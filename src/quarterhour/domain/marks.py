"""A number for a text that is the same on every machine and in every run."""

from __future__ import annotations

import zlib


def mark_of(text: str) -> int:
    """A number of 32 bits for a text; half a character, as broken input may hold, has one too."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))
