"""A log of the visit by clock time: lines that each open with the time at which something began.

    10:00 TA lifting
    10:25 TE bridges
    10:38 end

What a line tells lasts until the next line begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from quarterhour.notes.figures.clocks import FIRST_HOUR, Clock
from quarterhour.notes.wording.patterns import folded

_OPENS: Final = folded(
    r"[ \t]*(?:[*>-][ ]?)?[\[(]?(?:at )?(?P<hour>[01]?\d|2[0-3]):?(?P<minute>[0-5]\d)(?:h(?:rs?)?)?"
    r"(?: ?(?P<half>[ap])\.?m?\.?(?![a-z]))?[\])]?[ \t]*(?:[:,|=-]+|\t)?[ \t]*(?=[a-z(])(?!to\b|until\b|x\b|ft\b|lb|"
    r"m\b)"
)
_DIGITS: Final = 4  # of hour and minute, where no colon parts them
_LONGEST: Final = 120  # minutes between two entries of one visit


def find_entries(low: str, lines: Sequence[tuple[int, int]]) -> list[Clock]:
    """Clock ranges of a log's entries, from each to the next; empty where the note is no such log."""
    found: list[tuple[int, int, int]] = []
    for start, end in lines:
        match = _OPENS.match(low, start, end) if low[start : start + 4].strip(" \t*->[(at")[:1].isdigit() else None
        if match is None:
            continue
        if match["hour"] == "0":
            continue  # "0:42   timed total": a length
        joined = low[match.start("minute") - 1] != ":"
        if joined and match.end("minute") - match.start("hour") < _DIGITS:
            continue  # "930" alone may be a room
        hour = int(match["hour"])
        if match["half"] and hour < 13:
            hour = hour % 12 + (12 if match["half"] == "p" else 0)
        elif hour < FIRST_HOUR and not joined:
            hour += 12
        found.append((match.start("hour"), match.end("minute"), 60 * hour + int(match["minute"])))
    entries = []
    for (start, end, begin), (_, _, finish) in pairwise(found):
        if not 0 < finish - begin <= _LONGEST:
            return []
        entries.append(Clock(start, end, begin, finish))
    return entries
