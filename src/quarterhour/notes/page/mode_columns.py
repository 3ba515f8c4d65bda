"""Minutes in columns by mode of delivery: "Indiv   Conc   Group   Co-tx" at the head, and below it a row for each
service, with "0" where it was not given in that mode. A service given in two modes is two entries of one code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.text import split_cells

_OTHERS: Final = ("group", "grp", "conc", "co-t", "cot", "joint")  # one of them stands in every such head
# Two modes side by side, a gap or a bar between them.
_HEAD: Final = folded(
    r"(?:indiv|one-on-one|1:1)[a-z. ]{0,12}?(?: {2,}|\t|\| ?)(?:conc|group|grp|co-?t|joint)|"
    r"(?:group|grp|conc|co-?t|joint)[a-z. ]{0,12}?(?: {2,}|\t|\| ?)(?:indiv|one-on-one|1:1)"
)
_MODE: Final = folded(
    r"(?:indiv(?:idual)?|one-on-one|1:1|conc(?:urrent)?|group|grp|co-?(?:tx|treat(?:ment)?)|joint)\.?(?: min\w*)?"
)
_FIGURE: Final = folded(r"(\d{1,3})(?: ?min(?:ute)?s?)?|-{1,2}")
_FEWEST: Final = 2  # columns: one alone is a word
_MOST: Final = 180  # minutes


class Cell(NamedTuple):
    """Minutes told at [start, end) of the text."""

    value: int
    start: int
    end: int


def find_mode_rows(low: str, lines: Sequence[tuple[int, int]]) -> Mapping[int, Sequence[Cell]]:
    """The minutes of every row below such a head, by the start of its line; none for a row that was not given."""
    head = _HEAD.search(low) if any(other in low for other in _OTHERS) else None
    if head is None:
        return {}
    rows: dict[int, Sequence[Cell]] = {}
    columns = 0
    for start, end in lines:
        if end < head.start():
            continue
        cells = split_cells(low[start:end].strip("\r"))
        modes = sum(_MODE.fullmatch(cell.strip()) is not None for cell, _ in cells)
        if modes >= _FEWEST and len(cells) - modes <= 1:
            columns = modes
            continue
        told = [_FIGURE.fullmatch(cell.strip()) for cell, _ in cells[-columns:]] if len(cells) > columns > 0 else []
        if not told or None in told:
            columns = 0
            continue
        rows[start] = [
            Cell(int(match[1]), start + at + match.start(1), start + at + match.end(1))
            for match, (_, at) in zip(told, cells[-columns:], strict=True)
            if match is not None and match[1] is not None and 0 < int(match[1]) <= _MOST
        ]
    return rows
