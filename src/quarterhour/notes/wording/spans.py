"""Stretches of a text in order, found by where they stand without going through all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Final, Protocol, TypeVar


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_Found = TypeVar("_Found", bound=_Placed)
_START: Final = attrgetter("start")


def places(found: Sequence[_Placed], begin: int, end: int) -> range:
    """The places in ``found``, which stand in order, of those that start in [begin, end)."""
    return range(bisect_left(found, begin, key=_START), bisect_left(found, end, key=_START))


def started(found: Sequence[_Found], begin: int, end: int) -> Sequence[_Found]:
    """Those of ``found``, which stand in order, that start in [begin, end)."""
    within = places(found, begin, end)
    return found[within.start : within.stop]


def last_started(found: Sequence[_Found], place: int) -> _Found | None:
    """That of ``found``, which stand in order, that starts last at or before ``place``."""
    at = bisect_right(found, place, key=_START)
    return found[at - 1] if at else None


class Spans:
    """Stretches [start, end) in the order of their starts; more can be added.

    Looking back from a place ends where even the longest stretch would not reach it, so that a question takes as long
    as there are stretches near by.
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        """``spans`` may come in any order."""
        self._spans = sorted(spans)
        self._longest = max((end - start for start, end in self._spans), default=0)

    def add(self, start: int, end: int) -> None:
        """One more."""
        insort(self._spans, (start, end))
        self._longest = max(self._longest, end - start)

    def meeting(self, start: int, end: int) -> list[tuple[int, int]]:
        """Those that have a part in common with [start, end), in order."""
        first = bisect_left(self._spans, (start - self._longest, 0))
        last = bisect_left(self._spans, (end, 0))
        return [span for span in self._spans[first:last] if span[1] > start]

    def holds(self, place: int) -> bool:
        """Whether one of them holds the place."""
        return bool(self.meeting(place, place + 1))
