"""Words of a note on a terminal: the line they stand in with its number, and carets under them.

Lines of a note end with line feeds here (``domain.line_ends``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from quarterhour.cli.output import Line, width
from quarterhour.domain.line_ends import line_number

#: Excerpts beyond so many are counted: a finding is to be read in a moment.
_MOST: Final = 3
_CUT: Final = "…"
_WIDE: Final = frozenset({"W", "F"})
_NARROWEST: Final = 24

Place = tuple[int, int]


def excerpt(text: str, spans: Iterable[Place], indent: str, style: str = "bold") -> Iterator[Line]:
    """The lines the spans begin in, each once, with carets under the spans. Offsets are code points."""
    by_line: dict[int, list[Place]] = {}
    for start, end in sorted(set(spans)):
        by_line.setdefault(line_number(text, start), []).append((start, end))
    for number, places in list(by_line.items())[:_MOST]:
        yield from _line(text, number, places, indent, style)
    if len(by_line) > _MOST:
        yield [(f"{indent}and in {len(by_line) - _MOST} more lines", "dim")]


def quoted(text: str, start: int, end: int, room: int) -> str:
    """The words of a span in one line, cut to ``room`` characters."""
    words = " ".join(text[start:end].split())
    return words if len(words) <= room else words[: max(room - 1, 1)].rstrip() + _CUT


def _line(text: str, number: int, places: list[Place], indent: str, style: str) -> Iterator[Line]:
    begin = text.rfind("\n", 0, places[0][0]) + 1
    end = text.find("\n", places[0][0])
    row = text[begin : len(text) if end < 0 else end].rstrip()
    lead = len(row) - len(row.lstrip())
    head = f"{indent}note {number}: "
    room = max(width() - len(head), _NARROWEST)
    first = places[0][0] - begin
    start = lead
    if len(row) - lead > room:
        start = max(lead, min(first - room // 4, len(row) - room))
    shown = "".join(" " if c.isspace() else c for c in row[start : start + room])
    marks = ["^" if any(a <= begin + start + at < b for a, b in places) else " " for at in range(len(shown))]
    if start > lead:
        shown, marks[0] = _CUT + shown[1:], " "
    if start + room < len(row):
        shown, marks[-1] = shown[:-1] + _CUT, " "
    under = "".join(mark * _cells(c) for mark, c in zip(marks, shown, strict=True)).rstrip()
    last = max(b for _, b in places)
    on = f" to line {line_number(text, last - 1)}" if "\n" in text[places[0][0] : last].rstrip() else ""
    yield [(head, "dim"), (shown, "")]
    if under:
        yield [(" " * len(head) + under, style), (on, "dim")]


def _cells(character: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
