"""Rows of a table of services: the cell under "Min", the length of the row's clock range, or the one number that
can be minutes.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.between import PART
from quarterhour.notes.clocks import Clock
from quarterhour.notes.document import Document
from quarterhour.notes.numbers import NUMBER, value_of
from quarterhour.notes.patterns import folded
from quarterhour.notes.services import Label
from quarterhour.notes.spans import started
from quarterhour.notes.text import split_cells

_BARE_CELL: Final = folded(
    r"(?<![\w:./$#-])(\d{1,3})(?![\w:/%#]|\.\d|-\d| ?(?:units?|un\b|x\b|lbs?|ft|reps|sets|patients|"
    r"in\b|hz|mhz|w/cm|pads|sec|s\b|deg|layers|of\b|u\b))"
)
# Minutes told by who gave them: | PT | PTA | Total |.
_STAFF: Final = folded(r"\b(?:pt|ot|therapist)\b.*\b(?:pta|ota|cota|assistant)\b.*\btotal\b")
_HEADER_ROW: Final = folded(r"\bmin(?:ute)?s?\b|\btime\b|\bduration\b")
_MINUTE_HEAD: Final = folded(
    r"(?:total |tx |treatment |timed |direct |actual )?(?:min(?:ute)?s?|mins?\.?|time|duration|"
    r"tot min|time \(min\)|minutes? spent)(?: \(?(?:min|spent|today)\)?)?"
)
_PAIR: Final = folded(r"[9gl]\d{4}[,;]\d{1,3}")  # a row of two: code and minutes
_UNITS: Final = folded(r" ?(?:units?|u)\b")
_LEADER: Final = folded(
    r"(?:\.{2,}|…|_{2,}|-{2,}|\t| {2,}|[|:=]|\)|[,;])[ .]*(\d{1,3})(?:\t|;|[ \t]*)(?:(?<=[\t;])|$|\r?$|[|]|\s{2,}|"
    r"\(|,? ?(?:units?|no charge|timed|untimed|\d ?u\b))"
)
_FEWEST, _MOST = 4, 120  # a smaller number in a row is its units
_OWN_FIGURE: Final = folded(r" ?[=/] ?\d{1,2}(?![\d/])")
_SUMMED: Final = folded(
    r" ?[(\[]\d{1,2}[)\]]"
)  # "TA (23)  TE (15) = 38": the figure is in brackets, the sum behind "="
_BESIDE: Final = 30  # a service and its clock range, with what stands between them, when they belong together
_PROSE: Final = folded(r"\b(?:timed|total|length|visit|was|were|the|with|and then|x ?\d|\d ?x|lb|ft|reps|sets)\b")

Found = tuple[int, int, int]


class Columns:
    """Header rows of tables: where the column of minutes stands in the rows below."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._rows: list[tuple[int, list[str], int]] | None = None

    def _heads(self) -> list[tuple[int, list[str], int]]:
        document = self._document
        rows: list[tuple[int, list[str], int]] = []
        low = document.low
        if "min" not in low and "time" not in low and "total" not in low:
            return rows
        for start, end in document.lines:
            line = low[start:end].rstrip()
            if end - start > 160 or not _has_cells(line):
                continue
            shared = _STAFF.search(line) is not None
            if not shared and not _HEADER_ROW.search(line):
                continue
            if any(char.isdigit() for char in line):
                continue
            cells = [cell for cell, _ in split_cells(line)]
            named = [place for place, cell in enumerate(cells) if _MINUTE_HEAD.fullmatch(cell)]
            if shared and not named and "total" in cells:
                named = [cells.index("total")]
            if len(cells) > 1 and named:
                rows.append((start, cells, named[-1] if "min" in cells[named[-1]] else named[0]))
        return rows

    def above(self, place: int) -> tuple[int, list[str]] | None:
        """(index of the minutes cell, header cells) of the nearest header row above ``place``."""
        if self._rows is None:
            self._rows = self._heads()
        best: tuple[int, list[str]] | None = None
        for start, cells, column in self._rows:
            if start < place:
                best = (column, cells)
        return best


def _has_cells(line: str) -> bool:
    return "|" in line or "\t" in line or "  " in line


def row_minutes(
    document: Document,
    label: Label,
    row: list[Label],
    start: int,
    end: int,
    clocks: list[Clock],
    columns: Columns,
    has_minutes: bool,
) -> Found | None:
    """(minutes, start, end) of ``label`` in its line [start, end), or None."""
    low = document.low
    line = low[start:end]
    head = columns.above(start)
    place = row.index(label)
    previous = row[place - 1].end if place else start
    following = row[place + 1].start if place + 1 < len(row) else end
    alone = len(row) == 1
    table = (
        "|" in line
        or "  " in line.strip()
        or ".." in line
        or "\t" in line
        or _PAIR.fullmatch(line.strip()) is not None
        or (max(line.count(","), line.count(";")) >= 2 and line.rstrip()[-1:].isdigit())
    )
    if not label.numbered and not label.strong and not clocks and (head is None or not table):
        return None
    found: Found | None = None
    if head is not None and alone:
        found = _under_head(label, line, start, *head)
    if found is None and document.cells and alone:
        found = _today_cell(document, label, start)
    if found is None and clocks and not (len(row) > 1 and _OWN_FIGURE.match(low, label.end)):
        leads = clocks[0].start < row[0].start
        found = _clocked(label, clocks, (previous, following), leads, table)
        if found is not None and not label.strong and not label.numbered and found[2] - found[1] > _BESIDE:
            found = None  # an everyday word with a time far from it: "ST visit #6   3:14p-4:00p"
        if found is not None or alone:
            return _checked(found)
    if found is None:
        found = _trailing(low, label, line, start, following, alone, table, head is not None)
    if found is None and not has_minutes:
        inner = _BARE_CELL.search(low, label.start, label.end)
        if inner is not None and _FEWEST <= int(inner[1]) <= _MOST:
            found = (int(inner[1]), label.start, label.end)
    return _checked(found)


def _today_cell(document: Document, label: Label, start: int) -> Found | None:
    """The minutes in today's column of a flow sheet; its row says that it is one of minutes."""
    for cell in document.cells:
        if cell.row == start and cell.when == "now" and "min" in document.low[start : cell.start]:
            figure = document.low[cell.start : cell.end].strip(" |")
            if figure.isdecimal():
                return int(figure), min(label.start, start), cell.end
    return None


def _checked(found: Found | None) -> Found | None:
    return found if found is not None and 0 < found[0] <= 240 else None


def _under_head(label: Label, line: str, start: int, column: int, names: list[str]) -> Found | None:
    cells = split_cells(line)
    if len(cells) == len(names):
        figure = cells[column][0].removesuffix("minutes").removesuffix("min").rstrip(" .'")
        if figure.isdecimal():
            end = start + cells[-1][1] + len(cells[-1][0])  # a cell's place is that of the gap before its words
            return int(figure), start + cells[0][1], max(label.end, end)
    return None


def clock_of(label: Label, clocks: list[Clock], between: tuple[int, int], leads: bool, table: bool) -> Clock | None:
    """The clock range that belongs to the label: the one before it where the line opens with a range (it ``leads``),
    else the one after it. ``between`` are the end of the label before and the start of the one behind.
    """
    previous, following = between
    before = [clock for clock in started(clocks, previous, label.start) if clock.end <= label.start]
    after = started(clocks, label.end, following)
    if before and leads and (label.start - before[-1].end < 45 or table):
        return before[-1]
    if after and (after[0].start - label.end < 45 or table):
        return after[0]
    if before and previous <= before[-1].start and label.start - before[-1].end < 45 and (leads or not after):
        return before[-1]
    return None


def _clocked(label: Label, clocks: list[Clock], between: tuple[int, int], leads: bool, table: bool) -> Found | None:
    chosen = clock_of(label, clocks, between, leads, table)
    if chosen is None:
        return None
    return chosen.minutes, min(label.start, chosen.start), max(label.end, chosen.end)


def _trailing(
    low: str, label: Label, line: str, start: int, following: int, alone: bool, table: bool, headed: bool
) -> Found | None:
    match = next(
        (
            found
            for found in _LEADER.finditer(low[label.end : following])
            if not _UNITS.match(low, label.end + found.end(1))
            and int(found[1]) >= _FEWEST
            and (found[0][0] not in ",;" or line.count(found[0][0]) > 1)
            and not (found[0][0] == "=" and _SUMMED.match(low, label.end) and line.count("=") == 1)
        ),
        None,
    )
    if (
        match is not None
        and table
        and (label.numbered or label.strong or headed)
        and _row_like(low[label.end : label.end + match.start()])
    ):
        return int(match[1]), label.start, label.end + match.end(1)
    if alone and ((headed and table) or (table and label.numbered)):
        filled = _filled(line)
        if filled is not None and _row_like(line):
            return filled[0], min(label.start, start + filled[1]), max(label.end, start + filled[2])
        bare = [
            found
            for found in _BARE_CELL.finditer(low, start, start + len(line))
            if _FEWEST <= int(found[1]) <= _MOST and not PART.search(low, max(start, found.start() - 24), found.start())
        ]
        if bare and _row_like(line):
            return int(bare[0][1]), min(label.start, bare[0].start()), max(label.end, bare[0].end())
    return None


# A cell that tells nothing but minutes: "23", "Minutes 23", "fifteen minutes".
_MINUTE_CELL: Final = folded(
    rf"(?:x ?|(?:time|dur(?:ation)?|min(?:ute)?s?)[ :=]{{1,2}})?({NUMBER})(?P<unit> ?(?:min(?:ute)?s?\.?|'))?"
)


def _filled(line: str) -> tuple[int, int, int] | None:
    """(minutes, start, end) of the one cell of a row with its unit, or without where no cell has one."""
    cells = [
        (match, at, at + len(cell))
        for cell, at in split_cells(line)
        if (match := _MINUTE_CELL.fullmatch(cell)) is not None and _FEWEST <= (value_of(match[1]) or 0) <= _MOST
    ]
    cells = [cell for cell in cells if cell[0]["unit"]] or cells
    return (value_of(cells[0][0][1]) or 0, *cells[0][1:]) if len(cells) == 1 else None


def _row_like(gap: str) -> bool:
    return _PROSE.search(gap) is None and len(gap) < 110
