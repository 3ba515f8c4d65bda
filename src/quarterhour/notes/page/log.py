"""A running log: entries of several days that each open their line with a date, of which one is this visit's.

    10/02/26  NMR 20 min, TA 15 min. Mod A twice.
    10/09/26 (this visit)  NMR 15 min. TA 28 min. CGA.

What the entries of other days tell was not done in this visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.notes.figures.numbers import Date
from quarterhour.notes.page.comparisons import Cell
from quarterhour.notes.wording.patterns import folded


def find_log(
    low: str, lines: Sequence[tuple[int, int]], dates: Sequence[Date], named: tuple[int, int] | None
) -> tuple[Date | None, tuple[Cell, ...]]:
    """The date of this visit's entry, None where none is, and the entries of other days, as cells.

    A log has entries of two days at least that tell a service with its minutes in the line of their date. This visit's
    is the one it calls so, else that of the day the note names elsewhere (``named``: month and day), else the latest.
    """
    if len(dates) < _DAYS:
        return None, ()
    entries, timed = _entries(low, lines, dates)
    if len({(date.month, date.day) for date in timed}) < _DAYS:
        return None, ()
    years = all(date.year for date in dates)

    def order(date: Date) -> tuple[int, int, int]:
        return date.year if years else 0, date.month, date.day

    today = next((date for _, date in entries if _THIS.match(low, date.end)), None)
    today = today or next((date for _, date in entries if (date.month, date.day) == named), None)
    if today is None and named is None:
        today = max(timed, key=order)
    cells = []
    for place, (start, date) in enumerate(entries):
        if today is not None and (date.month, date.day) == (today.month, today.day):
            continue
        following = entries[place + 1][0] - 1 if place + 1 < len(entries) else low.find("\n", start)
        blank = low.find("\n\n", start)
        ends = [end for end in (following, blank) if end >= 0]
        later = today is not None and order(date) > order(today)
        cells.append(Cell(start, min(ends, default=len(low)), "ahead" if later else "then", start))
    return today, tuple(cells)


_THIS: Final = folded(r"[ :,|)-]{0,3}[(\[]?(?:this (?:visit|session|date|entry)|today|current)\b")
_DAYS: Final = 2  # of so many days at least a log has entries


def _entries(
    low: str, lines: Sequence[tuple[int, int]], dates: Sequence[Date]
) -> tuple[list[tuple[int, Date]], list[Date]]:
    """The lines that open with a date, and the dates of those that tell a service with its minutes."""
    entries: list[tuple[int, Date]] = []
    timed: list[Date] = []
    by_start = {date.start: date for date in dates}
    for start, end in lines:
        lead = _LEAD.match(low, start, end)
        date = by_start.get(lead.end()) if lead is not None else None
        if date is not None:
            entries.append((start, date))
            if _MINUTES.search(low, date.end, end):
                timed.append(date)
    return entries, timed


_LEAD: Final = folded(r"[ \t]*(?:[-*>#|][ ]?)?(?:visit \d+|v ?\d+|#\d+|on|date|dos)?[ :.)-]{0,3}")
# A service and its minutes in the line of the date; a goal and its date have none.
_MINUTES: Final = folded(
    r"\b(?:te|ta|mt|nmr|gt|ther\w*|gait|manual|neuro\w*|self[ -]care|adl|eval\w*|slp|9[27]\d{3})\b[^.;\n\d]{0,40}"
    r"(?:\(?9[27]\d{3}\)?[^.;\n\d]{0,4})?\d{1,2}(?: ?(?:min|')|(?=[ ]*[,;.\n]))|\d ?(?:min\w*|') (?:of )?(?:te|ta|ther|"
    r"gait|manual|neuro|nmr|mt)\b"
)
