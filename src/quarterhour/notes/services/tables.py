"""Rows of a table of services: the cell under "Min", the length of the row's clock range, or the one number that
can be minutes.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.figures.clocks import Clock
from quarterhour.notes.figures.numbers import NUMBER, value_of
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.services import Label
from quarterhour.notes.wording.between import OWN_FIGURE, PART
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.spans import started
from quarterhour.notes.wording.text import is_row, split_cells

#: Minutes told, and [start, end) of what tells them.
Found = tuple[int, int, int]
_FEWEST, _MOST = 4, 120  # a smaller number in a row is its units
_LONGEST: Final = 240  # minutes of one service


class Columns:
    """Header rows of tables: where the column of minutes stands in the rows below."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._rows: list[tuple[int, list[str], int]] | None = None

    def above(self, place: int) -> tuple[int, list[str]] | None:
        """(index of the minutes cell, header cells) of the nearest header row above ``place``."""
        if self._rows is None:
            self._rows = self._heads()
        nearest = next((head for head in reversed(self._rows) if head[0] < place), None)
        return (nearest[2], nearest[1]) if nearest is not None else None

    def _heads(self) -> list[tuple[int, list[str], int]]:
        document = self._document
        rows: list[tuple[int, list[str], int]] = []
        low = document.low
        if "min" not in low and "time" not in low and "total" not in low:
            return rows
        for start, end in document.lines:
            line = low[start:end].rstrip()
            if end - start > _LONGEST_HEAD or not is_row(line):
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


_LONGEST_HEAD: Final = 160  # code points of a header row
# Minutes told by who gave them: | PT | PTA | Total |.
_STAFF: Final = folded(r"\b(?:pt|ot|therapist)\b.*\b(?:pta|ota|cota|assistant)\b.*\btotal\b")
_HEADER_ROW: Final = folded(r"\bmin(?:ute)?s?\b|\btime\b|\bduration\b")
_MINUTE_HEAD: Final = folded(
    r"(?:total |tx |treatment |timed |direct |actual )?(?:min(?:ute)?s?|mins?\.?|time|duration|"
    r"tot min|time \(min\)|minutes? spent)(?: \(?(?:min|spent|today)\)?)?"
)


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
    """The minutes of ``label``, one of the services of a ``row``, in its line [start, end), or None.

    ``clocks`` are the clock ranges of the line, ``has_minutes`` says whether numbers with their unit stand in it.
    """
    low = document.low
    line = low[start:end]
    head = columns.above(start)
    table = _is_table(line)
    if not label.numbered and not label.strong and not clocks and (head is None or not table):
        return None
    place = row.index(label)
    previous = row[place - 1].end if place else start
    following = row[place + 1].start if place + 1 < len(row) else end
    alone = len(row) == 1
    if alone:
        found = _under_head(label, line, start, *head) if head is not None else None
        found = found or _today_cell(document, label, start)
        if found is not None:
            return _checked(found)
    if clocks and (alone or not (_has_figure(low, label, following) or _is_of_all(document, row, clocks, has_minutes))):
        leads = clocks[0].start < row[0].start
        found = _clocked(label, clocks, (previous, following), leads, table)
        if found is not None or alone:
            return _checked(found)
    found = _in_cell(low, label, line, start, following, alone=alone, headed=head is not None) if table else None
    return _checked(found or (None if has_minutes else _inside(low, label)))


def _has_figure(low: str, label: Label, following: int) -> bool:
    """A figure stands directly behind the label, before what tells of the service or the next one."""
    return (
        _STROKED.match(low, label.end) is not None
        or OWN_FIGURE.match(low, label.end) is not None
        or _NOTHING_ELSE.fullmatch(low, label.end, following) is not None
    )


def _is_of_all(document: Document, row: list[Label], clocks: list[Clock], has_minutes: bool) -> bool:
    """The one range of the note leads to several services of which none has its minutes: it is the visit's."""
    several = len({label.code for label in row}) > 1
    return several and not has_minutes and len(document.clocks) == 1 and clocks[0].start < row[0].start


_NOTHING_ELSE: Final = folded(r" (?:[5-9]|[1-9]\d) ")
_STROKED: Final = folded(r" ?[=/] ?\d{1,2}(?![\d/])")


def _is_table(line: str) -> bool:
    """The line is a row in any layout: with cells, a leader of dots, or marks between its values."""
    return (
        is_row(line)
        or ".." in line
        or _PAIR.fullmatch(line.strip()) is not None
        or (max(line.count(","), line.count(";")) >= 2 and line.rstrip()[-1:].isdigit())
    )


_PAIR: Final = folded(r"[9gl]\d{4}[,;]\d{1,3}")  # a row of two: code and minutes


def _checked(found: Found | None) -> Found | None:
    return found if found is not None and 0 < found[0] <= _LONGEST else None


def _under_head(label: Label, line: str, start: int, column: int, names: list[str]) -> Found | None:
    """The figure in the column of minutes, where the row has as many cells as its header ``names``."""
    cells = split_cells(line)
    if len(cells) == len(names):
        figure = cells[column][0].removesuffix("minutes").removesuffix("min").rstrip(" .'")
        if figure.isdecimal():
            end = start + cells[-1][1] + len(cells[-1][0])  # a cell's place is that of the gap before its words
            return int(figure), start + cells[0][1], max(label.end, end)
    return None


def _today_cell(document: Document, label: Label, start: int) -> Found | None:
    """The minutes in today's column of a flow sheet; its row says that it is one of minutes."""
    for cell in document.cells:
        if cell.row == start and cell.when == "now" and "min" in document.low[start : cell.start]:
            figure = document.low[cell.start : cell.end].strip(" |")
            if figure.isdecimal():
                return int(figure), min(label.start, start), cell.end
    return None


def _clocked(label: Label, clocks: list[Clock], between: tuple[int, int], leads: bool, table: bool) -> Found | None:
    """The length of the label's clock range; of an everyday word, where the two stand side by side."""
    chosen = clock_of(label, clocks, between, leads, table)
    if chosen is None:
        return None
    start, end = min(label.start, chosen.start), max(label.end, chosen.end)
    if not label.strong and not label.numbered and end - start > _BESIDE:
        return None  # "ST visit #6   3:14p-4:00p"
    return chosen.minutes, start, end


_BESIDE: Final = 30  # a service and its clock range, with what stands between them, when they belong together


def clock_of(label: Label, clocks: list[Clock], between: tuple[int, int], leads: bool, table: bool) -> Clock | None:
    """The clock range that belongs to the label: the one before it where the line opens with a range (it ``leads``),
    else the one after it. ``between`` are the end of the label before and the start of the one behind.
    """
    previous, following = between
    before = [clock for clock in started(clocks, previous, label.start) if clock.end <= label.start]
    after = started(clocks, label.end, following)
    if before and leads and (label.start - before[-1].end < _NEAR or table):
        return before[-1]
    if after and (after[0].start - label.end < _NEAR or table):
        return after[0]
    if before and previous <= before[-1].start and label.start - before[-1].end < _NEAR and (leads or not after):
        return before[-1]
    return None


_NEAR: Final = 45  # code points between a service and its clock range outside a table


def _in_cell(
    low: str, label: Label, line: str, start: int, following: int, *, alone: bool, headed: bool
) -> Found | None:
    """The figure that a leader or a border leads to behind the label and before ``following``; else that of the one
    cell of the row that can be minutes.
    """
    sure = label.numbered or headed
    found = _behind_leader(low, label, line, following, alone=alone) if sure or label.strong else None
    return found or (_in_any_cell(low, label, line, start) if alone and sure else None)


def _behind_leader(low: str, label: Label, line: str, following: int, *, alone: bool) -> Found | None:
    """The first figure behind dots, a gap, a border or a mark that is no number of units and no sum."""
    for match in _LEADER.finditer(low[label.end : following]):
        mark = match[0][0]
        if int(match[1]) < _FEWEST or _UNITS.match(low, label.end + match.end(1)):
            continue
        if mark in ",;" and line.count(mark) == 1:
            continue
        if mark == "=" and line.count("=") == 1 and (not alone or _SUMMED.match(low, label.end)):
            continue
        if not _row_like(low[label.end : label.end + match.start()]):
            return None
        return int(match[1]), label.start, label.end + match.end(1)
    return None


# A run is taken whole and only from its first sign, so that a thousand dots take no longer than their length.
_LEADER: Final = folded(
    r"(?:(?<!\.)\.{2,}+|…|(?<!_)_{2,}+|(?<!-)-{2,}+|\t|(?<! ) {2,}+|[|:=]|\)|[,;])[ .]*+(\d{1,3})"
    r"(?:\t|;|[ \t]*)(?:(?<=[\t;])|$|\r?$|[|]|\s{2,}|\(|,? ?(?:units?|no charge|timed|untimed|\d ?u\b))"
)
_UNITS: Final = folded(r" ?(?:units?|u)\b")
# "TA (23)  TE (15) = 38": the figure is in brackets, the sum behind "=".
_SUMMED: Final = folded(r" ?[(\[]\d{1,2}[)\]]")


def _in_any_cell(low: str, label: Label, line: str, start: int) -> Found | None:
    """The one cell of the row that tells nothing but minutes, else the first bare figure that can be minutes."""
    if not _row_like(line):
        return None
    filled = _filled(line)
    if filled is not None:
        return filled[0], min(label.start, start + filled[1]), max(label.end, start + filled[2])
    for match in _BARE_CELL.finditer(low, start, start + len(line)):
        if _SENTENCE.search(low, label.end, match.start()) is not None:
            return None
        if _FEWEST <= int(match[1]) <= _MOST and not PART.search(low, max(start, match.start() - 24), match.start()):
            return int(match[1]), min(label.start, match.start()), max(label.end, match.end())
    return None


_BARE_CELL: Final = folded(
    r"(?<![\w:./$#-])(\d{1,3})(?![\w:/%#]|\.\d|-\d| ?(?:units?|un\b|x\b|lbs?|ft|reps|sets|patients|"
    r"in\b|hz|mhz|w/cm|pads|sec|s\b|deg|layers|of\b|u\b))"
)


_SENTENCE: Final = folded(r"[a-z]{3,}[.;] [a-z]")  # one ended: the figure behind it is of something else


def _filled(line: str) -> tuple[int, int, int] | None:
    """(minutes, start, end) of the one cell of a row with its unit, or without where no cell has one."""
    cells = [
        (match, at, at + len(cell))
        for cell, at in split_cells(line)
        if (match := _MINUTE_CELL.fullmatch(cell)) is not None and _FEWEST <= (value_of(match[1]) or 0) <= _MOST
    ]
    cells = [cell for cell in cells if cell[0]["unit"]] or cells
    return (value_of(cells[0][0][1]) or 0, *cells[0][1:]) if len(cells) == 1 else None


# A cell that tells nothing but minutes: "23", "Minutes 23", "fifteen minutes".
_MINUTE_CELL: Final = folded(
    rf"(?:x ?|(?:time|dur(?:ation)?|min(?:ute)?s?)[ :=]{{1,2}})?({NUMBER})(?P<unit> ?(?:min(?:ute)?s?\.?|'))?"
)


def _row_like(gap: str) -> bool:
    """No words of prose stand in a part of a row."""
    return len(gap) < _LONGEST_GAP and _PROSE.search(gap) is None


_LONGEST_GAP: Final = 110  # code points
_PROSE: Final = folded(r"\b(?:timed|total|length|visit|was|were|the|with|and then|x ?\d|\d ?x|lb|ft|reps|sets)\b")


def _inside(low: str, label: Label) -> Found | None:
    """A figure inside the label: between its name and its code."""
    match = _BARE_CELL.search(low, label.start, label.end)
    if match is None or not _FEWEST <= int(match[1]) <= _MOST:
        return None
    return int(match[1]), label.start, label.end
