"""A running log: entries of several days that each open their line with a date, of which one is this visit's.

    10/02/26  NMR 20 min, TA 15 min. Mod A twice.
    10/09/26 (this visit)  NMR 15 min. TA 28 min. CGA.

What the entries of other days tell was not done in this visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from quarterhour.notes.comparisons import Cell
from quarterhour.notes.numbers import Date
from quarterhour.notes.patterns import folded

_LEAD: Final = folded(r"[ \t]*(?:[-*>#|][ ]?)?(?:visit \d+|v ?\d+|#\d+|on|date|dos)?[ :.)-]{0,3}")
_MINUTES: Final = folded(r"\d ?(?:min|')|\b(?:te|ta|mt|nmr|gt) :?\d")
_THIS: Final = folded(r"[ :,|)-]{0,3}[(\[]?(?:this (?:visit|session|date|entry)|today|current)\b")


def find_log(
    low: str, lines: Sequence[tuple[int, int]], dates: Sequence[Date], named: tuple[int, int] | None
) -> tuple[Date | None, tuple[Cell, ...]]:
    """The date of this visit's entry, None where none is, and the entries of other days, as cells.

    A log has entries with minutes of two days at least. This visit's is the one it calls so, else that of the day the
    note names elsewhere (``named``: month and day), else the latest.
    """
    entries: list[tuple[int, Date]] = []
    if len(dates) < 2:
        return None, ()
    by_start = {date.start: date for date in dates}
    for start, end in lines:
        lead = _LEAD.match(low, start, end)
        date = by_start.get(lead.end()) if lead is not None else None
        if date is not None:
            entries.append((start, date))
    timed = [
        date
        for (start, date), (end, _) in pairwise([*entries, (len(low), None)])
        if date is not None and _MINUTES.search(low, date.end, end)
    ]
    if len({(date.month, date.day) for date in timed}) < 2:
        return None, ()
    today = next((date for _, date in entries if _THIS.match(low, date.end)), None)
    today = today or next((date for _, date in entries if (date.month, date.day) == named), None)
    if today is None and named is None:
        today = max(timed, key=lambda date: (date.year, date.month, date.day))
    cells = []
    for place, (start, date) in enumerate(entries):
        if today is not None and (date.month, date.day) == (today.month, today.day):
            continue
        following = entries[place + 1][0] - 1 if place + 1 < len(entries) else low.find("\n", start)
        blank = low.find("\n\n", start)
        ends = [end for end in (following, blank) if end >= 0]
        later = today is not None and (date.year, date.month, date.day) > (today.year, today.month, today.day)
        cells.append(Cell(start, min(ends, default=len(low)), "ahead" if later else "then", start))
    return today, tuple(cells)
