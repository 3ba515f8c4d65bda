"""Tables that set earlier states beside today's: "Feeding  Max A  Min A  set-up" under "SOC  Now  Goal".

What stands in the column of an earlier day was not done in this visit, and what stands in the column of the goal is
still to come. Columns headed by dates run up to today's. Likewise a choice of a form that was left unticked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.text import is_row, split_cells

_CODED: Final = {
    "then": "prior_visit",
    "ahead": "planned",
    "unticked": "negated",
    "left": "negated",
    "home": "home_program",
    "struck": "self_corrected",
}


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A cell at [start, end) of the text, in a row that starts at ``row``; ``when`` is then, now, ahead, home,
    unticked, left (out) or struck (out).
    """

    start: int
    end: int
    when: str
    row: int

    @property
    def status(self) -> str:
        """The status of what stands in the cell, "" for today's."""
        return _CODED.get(self.when, "")


def find_comparisons(low: str, lines: Iterable[tuple[int, int]]) -> tuple[Cell, ...]:
    """Cells of such tables, in order; a table needs a column of an earlier state and one of today's."""
    found: list[Cell] = []
    if not any(mark in low for mark in ("  ", "\t", "|")):
        return ()
    columns: list[tuple[int, str]] = []
    barred = False
    width = 0  # cells of the header row
    for start, end in lines:
        line = low[start:end].rstrip()
        if not is_row(line):
            columns = []
            continue
        if not columns and _TODAY.search(line) is None:
            continue
        cells = split_cells(line)
        headed = _columns(cells)
        if headed:
            columns, barred, width = headed, "|" in line, len(cells)
        elif not columns or len(cells) < 2:
            columns = columns if line.strip(" |:-") == "" and "|" in line else []
        elif barred != ("|" in line):
            columns = []
        else:
            found += _row(columns, cells, start, by_order=barred or "\t" in line or len(cells) == width)
    return tuple(found)


# Part of the header of a table that has a column of today: one of ``_NOW``, or a day.
_TODAY: Final = folded(
    r"now|current|today|d/?c|disch|end|final|last|this visit|post|present|to date|0/|1/|2/|3/|4/|5/|6/|7/|8/|9/"
)


def _columns(cells: Sequence[tuple[str, int]]) -> list[tuple[int, str]]:
    """(place, when) of each cell of a header row, [] when the row is none."""
    if any(_OF_MINUTES.fullmatch(cell) for cell, _ in cells):
        return []
    told: list[tuple[int, str]] = []
    days: list[int] = []
    for place, (cell, offset) in enumerate(cells):
        when = next((when for when, named in _NAMED if named.fullmatch(cell)), "")
        if not when and _DAY.fullmatch(cell):
            days.append(len(told))
            when = "then"
        if when or place:
            told.append((offset, when or "other"))
    last = next((offset for cell, offset in cells if cell == "last"), -1)
    if last >= 0 and any(_FIRST.fullmatch(cell) for cell, _ in cells):
        told = [(offset, "now" if offset == last else when) for offset, when in told]
    if days and not any(when == "now" for _, when in told):
        told[days[-1]] = (told[days[-1]][0], "now")
    return told if {"then", "now"} <= {when for _, when in told} else []


# "Start" and "end" of services with their minutes are clock times.
_OF_MINUTES: Final = folded(r"cpt|code|cpt code|hcpcs|units?|procedure(?: code)?")
_THEN: Final = folded(
    r"soc|adm(?:it|ission)?|init(?:ial)?(?: eval)?|(?:at )?eval(?:uation)?|ie|base(?:line)?|start|prior|prev(?:ious)?|"
    r"last(?: (?:visit|week|report|note|time|session|tx))?|lv|previously|before|then|plof|first(?: visit)?|intake|pre"
)
_FIRST: Final = folded(r"first|initial|start|soc|admission|baseline|eval(?:uation)?|intake")  # beside "last"
_NOW: Final = folded(
    r"now|current(?:ly)?|today|d/c|dc|disch(?:arge)?|end|final|this visit|post|present|to date|today's visit"
)
_AHEAD: Final = folded(
    r"(?:goals?|target|aims?|objectives?|ltgs?|stgs?|wanted|wished for|sought|hoped for)"
    r"(?: \(?(?:by |for )?\d[\d/]*\)?)?"
)
_DATE: Final = r"(?:1[0-2]|0?[1-9])/[0-3]?\d(?:/\d{2,4})?"
_DAY: Final = folded(_DATE)
_DAY_NOW: Final = folded(rf"{_DATE} ?\(?(?:today|now|current)\)?")  # "4/29 (today)"
_NAMED: Final = (("then", _THEN), ("now", _NOW), ("now", _DAY_NOW), ("ahead", _AHEAD))


def _row(
    columns: Sequence[tuple[int, str]], cells: Sequence[tuple[str, int]], start: int, *, by_order: bool
) -> list[Cell]:
    """The cells of a row that starts at ``start``; its name too, where it was not done today."""
    found: list[Cell] = []
    told: dict[str, str] = {}
    for place, (cell, offset) in enumerate(cells[1:], 1):
        when = _under(columns, place - len(cells), offset, by_order)
        if when:
            found.append(Cell(start + offset, start + offset + len(cell), when, start))
            told[when] = told.get(when, "") + cell
    if _NOTHING.fullmatch(told.get("now", "")):
        earlier = told.get("then", "").strip("- ")
        name, offset = cells[0]
        found.append(Cell(start + offset, start + offset + len(name), "then" if earlier else "left", start))
    return found


# Nothing where today's amount stands: the row was done on the earlier days alone.
_NOTHING: Final = folded(r"(?:-{1,3}|n/?a|none|not (?:done|today)|held|skip(?:ped)?|deferred|x ?0|0)")


def _under(columns: Sequence[tuple[int, str]], from_end: int, offset: int, by_order: bool) -> str:
    """The column a cell stands in: by its order from the end of a row with bars or tabs, else by where it starts."""
    if by_order:
        return columns[from_end][1] if -from_end <= len(columns) else ""
    nearest = min(columns, key=lambda column: abs(column[0] - offset))
    return nearest[1] if abs(nearest[0] - offset) <= _NEAR else ""


_NEAR: Final = 8  # code points by which a cell may stand beside the head of its column


# An empty box and the words it stands for, up to the next box, a gap or the end of the line. "[ ]" and "( )" are boxes
# only in a form that has a ticked one.
_UNTICKED: Final = folded(r"(?:☐|\[ ?\]|\( ?\)) ?[^☐☒☑✓\[\(\n]{2,}?(?=[ ]{2,}|[☐☒☑✓\n]|[\[(][ x]?[\])]|[ ]+[\[(]|$)")


def find_unticked(low: str) -> tuple[Cell, ...]:
    """Choices of a form that were left unticked, as cells of their own."""
    if not any(box in low for box in ("☐", "[x]", "(x)", "[ ]")):
        return ()
    return tuple(Cell(*match.span(), "unticked", match.start()) for match in _UNTICKED.finditer(low))
