"""The day at the head of what was done: "Objective (05/20/2026):". Carried-over text keeps that of its own visit."""

from __future__ import annotations

import datetime as dt
from typing import Final

from quarterhour.domain.reading import DayTold
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.patterns import folded

_DONE: Final = frozenset({"objective", "treatment"})
_HEAD: Final = folded(r"[ \t*#-]*(?:o|obj|objective|tx|treatments?|interventions?|procedures|services)\b[^a-z]*\Z")


def find_headed_day(document: Document) -> DayTold | None:
    """The first such day, written in full and no day of the calendar left open; None where no head tells one."""
    for section in document.sections:
        if section.name not in _DONE or document.carried[0] <= section.start < document.carried[1]:
            continue
        for date in document.dates:
            if section.start < date.start < section.body and _HEAD.match(document.low, section.start, date.start):
                try:
                    day = dt.date(date.year, date.month, date.day)
                except ValueError:
                    continue
                return DayTold(day, date.start, date.end)
    return None
