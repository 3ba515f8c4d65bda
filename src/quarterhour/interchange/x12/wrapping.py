"""Texts in lines that have nothing to do with their segments, as old systems (80 columns) and mail write them.

X12 has no lines. A break after each segment is layout that everyone writes and reads; where the breaks stand inside
segments the text was cut at a width, and is what it is without them.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from quarterhour.interchange.x12.values import IntArray

LINE_BREAKS: Final = b"\r\n"
#: So many segments must be seen in a text without its breaks before these are taken for nothing.
LEAST_SEEN: Final = 2
_NAME: Final = rb"[A-Za-z][A-Za-z0-9]{1,2}"


def breaks_inside(text: bytes, element: int, terminator: int) -> bool:
    """Whether most lines of a text end inside a segment, or, where lines are segments, do not begin as one.

    The last line does not count: it ends where what was read of the file does.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()][:-1]
    if not lines:
        return False
    if terminator in LINE_BREAKS:
        begins = re.compile(_NAME + re.escape(bytes([element])))
        odd = sum(not begins.match(line) for line in lines)
    else:
        odd = sum(line[-1] != terminator for line in lines)
    return odd * 2 >= len(lines)


def segments_seen(text: bytes, element: int, terminator: int) -> int:
    """How many segments of a text begin with what may be the id of one."""
    own, end = re.escape(bytes([element])), re.escape(bytes([terminator]))
    return sum(1 for _ in re.finditer(rb"(?:^|" + end + rb")\s*" + _NAME + own, text))


def unwrapped(text: bytes) -> bytes:
    """A text without its line breaks."""
    return text.translate(None, LINE_BREAKS)


def kept_places(text: bytes) -> IntArray:
    """Where in a text each byte of :func:`unwrapped` stands, and its end."""
    signs = np.frombuffer(text, dtype=np.uint8)
    places = np.flatnonzero((signs != LINE_BREAKS[0]) & (signs != LINE_BREAKS[1]))
    return np.append(places, len(text))
