"""The text of a note, and two copies of it made for matching.

The text given is never altered. ``Source.low`` is a lower-case copy of exactly the same length, so that a position
found in it is a position in the text: code points, end exclusive. ``Source.packed`` has hyphens read as spaces and
white space runs as one space, so that a phrase is found across a line end or a table gap; ``Source.spread`` leads a
span found there back to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

import msgspec

from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.wraps import joined

_FOLDED: Final = {
    "‘": "'",
    "’": "'",
    "ʼ": "'",
    "´": "'",
    "`": "'",
    "′": "'",
    "“": '"',
    "”": '"',
    "″": '"',
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "×": "x",
    "✕": "x",
    "•": "*",
    "·": "*",
    "▪": "*",
    "●": "*",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u2007": " ",
    "\u3000": " ",
    "\u200b": " ",
    "\ufeff": " ",
    "⁄": "/",
    "∕": "/",
    "…": ".",
    "：": ":",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u0085": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
}
_FOLD_TABLE: Final = str.maketrans(_FOLDED)
_HYPHEN_TABLE: Final = str.maketrans({"-": " ", "\t": " ", "\n": " ", "\r": " "})
_RUN: Final = folded("  +")


def lower_same_length(text: str) -> str:
    """Lower-case ASCII-folded copy of ``text`` with one code point for each of its code points."""
    if text.isascii():
        low = text.lower()
        return low.translate(_FOLD_TABLE) if "\x0b" in low or "\x0c" in low or "`" in low else low
    plain = text.translate(_FOLD_TABLE)
    low = plain.lower()
    if len(low) != len(text):  # a few letters (such as a dotted capital I) have a longer lower-case form
        low = "".join(piece if len(piece := letter.lower()) == 1 else letter for letter in plain)
    return low if low.isascii() else _FOREIGN.sub(_stand_in, low)


_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")


def _stand_in(match: re.Match[str]) -> str:
    """What stands for a letter, digit or space that ASCII has not: Z, which is a letter and none of a to z; the digit;
    a space. Marks such as arrows, boxes and fractions stay.
    """
    mark = match[0]
    if mark.isdecimal():
        return str(int(mark))
    return "Z" if mark.isalpha() else " " if mark.isspace() else mark


class Source(msgspec.Struct, frozen=True, gc=False):
    """A note as given and its copies; ``gaps`` and ``shifts`` say by how much a place in ``packed`` lies before its
    place in the text.
    """

    text: str
    low: str
    packed: str
    gaps: tuple[int, ...]
    shifts: tuple[int, ...]

    def spread(self, place: int) -> int:
        """The place in the text of a place in ``packed``."""
        index = bisect_right(self.gaps, place)
        return place + self.shifts[index - 1] if index else place


def make_source(text: str) -> Source:
    """Fold and pack ``text``; works for any Unicode and any line ending."""
    low = joined(lower_same_length(text))
    if low.count(" period") >= _DICTATED and " comma" in low:
        low = _SPOKEN_MARK.sub(lambda match: _MARKS[match[1]] * len(match[0]), low)
    if "=" in low and "_" in low:
        low = _JOINED_NAME.sub(" ", low)
    spaced = low.translate(_HYPHEN_TABLE)
    if "  " not in spaced:
        return Source(text, low, spaced, (), ())
    pieces: list[str] = []
    gaps: list[int] = []
    shifts: list[int] = []
    shift = last = 0
    for run in _RUN.finditer(spaced):
        start, end = run.span()
        pieces.append(spaced[last : start + 1])
        shift += end - start - 1
        gaps.append(end - shift)
        shifts.append(shift)
        last = end
    pieces.append(spaced[last:])
    return Source(text, low, "".join(pieces), tuple(gaps), tuple(shifts))


_JOINED_NAME: Final = folded(r"(?<=[a-z\d])_(?=[a-z])")  # "timed_total=48", as systems print their fields
# Marks of a dictation that were written out, "comma no falls period new paragraph"; each is repeated over its word, so
# that places stay and no gap opens.
_SPOKEN_MARK: Final = folded(r" (period|comma|colon|semicolon|new paragraph|new line|full stop)(?![a-z])")
_MARKS: Final = {
    "period": ".",
    "full stop": ".",
    "new paragraph": ".",
    "new line": ".",
    "comma": ",",
    "colon": ":",
    "semicolon": ";",
}
_DICTATED: Final = 3  # so many sentences end in the word


def is_row(line: str) -> bool:
    """The line has gaps, tabs or bars between its words."""
    return "  " in line.strip() or "\t" in line or "|" in line


_CELL: Final = folded(r"[^|\s][^|]*")
_GAP_CELL: Final = folded(r"\S+(?: \S+)*")


def split_cells(line: str) -> list[tuple[str, int]]:
    """Cells of a row with their places: between bars, or between gaps of two or more spaces."""
    if "|" in line:
        return [(match[0].rstrip(), match.start()) for match in _CELL.finditer(line)]
    return [(match[0], match.start()) for match in _GAP_CELL.finditer(line)]
