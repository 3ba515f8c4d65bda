"""Lines that only wrap: the notes of many systems come cut to a width, in the middle of sentences.

That a note is cut so is told by its lines as a whole: where sentences go on in the next line, no line had room for the
first word of it. A line end that cuts such a line is read as a space; those of lists, tables, headings and short lines
stay.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from quarterhour.notes.wording.patterns import folded

_NARROWEST, _WIDEST = 44, 140  # code points of a line that may be cut
_ENOUGH: Final = 2  # so many sentences that go on are no chance
_PLENTY: Final = 4  # of so many the lengths alone tell
_DOUBT: Final = 3  # one that tells against it among so many, and the writer ends lines at will
# What opens a line of its own: a bullet, the number of a list, a label, a row with gaps.
_OPENS: Final = folded(r"[ \t]*(?:[-*>|#=_~\[]|\([ x]?\)|\d{1,2}[.)] |[a-z][a-z0-9/&'() -]{0,28}(?::|  ))")
# Likewise, where the line before does not plainly go on: a code, a clock time.
_BEGINS: Final = folded(r"(?:97|92)\d{3}\b|g0283|\d{1,2}:\d\d|[01]\d[0-5]\d ?-|\d{1,2}/\d{1,2}/\d\d")
_ENDS_OPEN: Final = folded(
    r"(?:,|-|\b(?:with|of|to|the|and|in|for|a|an|on|or|by|at|from|until|her|his|is|was|were|that|x|in|per|total|timed|time))$"
)
_ROW: Final = folded(r"\||\t|\S {3,}\S|\.{4,}|_{4,}|-{4,}")  # columns, or a leader from a name to its figure
_ENDED: Final = (".", "!", "?")
_STOPS: Final = (*_ENDED, ";", ":")


def joined(low: str) -> str:
    """``low`` with a space for each line end that only wraps its line; of the same length."""
    lines = low.split("\n")
    if len(lines) <= _ENOUGH:
        return low
    cut: list[tuple[int, int, int]] = []  # of lines that may be cut: their end, length, and length with the next word
    going_on: list[tuple[int, int]] = []
    at_will = 0  # lines that begin in lower case though the one before was at its end
    place = -1
    for line, following in pairwise(lines):
        place += len(line) + 1
        written = line.rstrip()
        length = len(written)
        if not following[:1].strip():
            continue
        lower = following[0].islower()
        stopped = written.endswith(_STOPS)
        if length < _NARROWEST or written.endswith(_ENDED):
            at_will += lower and length > 1
        if not _NARROWEST <= length <= _WIDEST or _ROW.search(line) is not None or _OPENS.match(following) is not None:
            continue
        if _BEGINS.match(following) is not None and _ENDS_OPEN.search(written, length - 6) is None:
            continue
        longer = length + 1 + len(following.split(None, 1)[0])
        cut.append((place, length, longer))
        if lower and not stopped:
            going_on.append((length, longer))
    if len(going_on) < _ENOUGH:
        return low
    width = max(length for length, _ in going_on)
    against = (at_will if len(going_on) < _PLENTY else 0) + sum(longer <= width for _, longer in going_on)
    if _DOUBT * against > len(going_on):
        return low
    pieces: list[str] = []
    start = 0
    for end, length, longer in cut:
        if length <= width < longer:
            pieces += (low[start:end], " ")
            start = end + 1
    return "".join((*pieces, low[start:]))
