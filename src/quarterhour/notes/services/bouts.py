"""Entries of the same service and minutes in one note: which of them tell the same bout, and which another one."""

from __future__ import annotations

from collections import deque
from operator import itemgetter
from typing import Final

from quarterhour.notes.figures.clocks import Clock
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.services import Service
from quarterhour.notes.wording.patterns import folded

#: Whether an entry opens its line, and whether the line ends with it.
_Shape = tuple[bool, bool]
#: An entry and its place among those kept.
_Entry = tuple[int, Service]
#: A line of more code points behind the minutes is no row of one service.
_LONGEST_END: Final = 200
# What may follow the minutes in a row of a table: units, a modifier, "no charge".
_ROW_END: Final = folded(
    r"(?:[\s|,().-]|\d|u\b|units?\b|min(?:ute)?s?\b|no charge|untimed|timed|g[pon]\b|kx\b|c[qo]\b|59\b|x[eups]\b)*"
)
_place: Final = itemgetter(0)


class Bouts:
    """The entries of one code, status and minutes that were kept so far, by what tells two bouts apart.

    Two entries tell one bout where they stand in one line; where both have a clock range and it is the same; and,
    where one has none, where they are told in lines of different shape: minutes of a flow sheet again in prose.
    """

    def __init__(self, document: Document) -> None:
        """No entry yet."""
        self._document = document
        self._count = 0
        self._of_line: dict[int, _Entry] = {}
        self._of_clock: dict[tuple[int, int], _Entry] = {}
        self._timed: dict[_Shape, _Entry] = {}
        self._untimed: dict[_Shape, deque[_Entry]] = {}

    def add(self, service: Service) -> None:
        """One more."""
        entry = (self._count, service)
        self._count += 1
        self._of_line.setdefault(service.line, entry)
        if service.clock is None:
            self._untimed.setdefault(self._shape(service), deque()).append(entry)
        else:
            self._by_clock(entry, service.clock)

    def took(self, service: Service) -> bool:
        """Whether an entry kept tells the bout already; the first that does takes the clock range if it has none."""
        shape = self._shape(service)
        same = [self._of_line.get(service.line)]
        if service.clock is None:
            same += [entry for other, entry in self._timed.items() if other != shape]
        else:
            same.append(self._of_clock.get((service.clock.begin, service.clock.finish)))
        same += [self._first_untimed(other) for other in self._untimed if other != shape]
        first = min((entry for entry in same if entry is not None), default=None, key=_place)
        if first is None:
            return False
        kept = first[1]
        if kept.clock is None and service.clock is not None:
            kept.clock = service.clock
            self._by_clock(first, service.clock)
        return True

    def _first_untimed(self, shape: _Shape) -> _Entry | None:
        """The first of a shape without a clock range; some were given one since."""
        waiting = self._untimed[shape]
        while waiting and waiting[0][1].clock is not None:
            waiting.popleft()
        return waiting[0] if waiting else None

    def _by_clock(self, entry: _Entry, clock: Clock) -> None:
        """Find an entry by its clock range and by its shape; the first of several is found."""
        times, shape = (clock.begin, clock.finish), self._shape(entry[1])
        self._of_clock[times] = min(entry, self._of_clock.get(times, entry), key=_place)
        self._timed[shape] = min(entry, self._timed.get(shape, entry), key=_place)

    def _shape(self, service: Service) -> _Shape:
        end = self._document.line_at(service.end)[1]
        rest = end - service.end
        closes = rest < _LONGEST_END and _ROW_END.fullmatch(self._document.low, service.end, end) is not None
        return self._document.opens_line(service.anchor), closes
