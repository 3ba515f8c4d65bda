"""Findings on their way to a report: few are held, many lie in a file that is gone when the report is done."""

from __future__ import annotations

import heapq
import os
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter
from typing import IO, Any, Final

import msgspec

from quarterhour.domain.json import dumps

#: So many findings are held, more go to the file.
HELD: Final = 10_000
Row = dict[str, Any]
#: What findings stand in the order of, and the finding.
Keyed = tuple[tuple[Any, ...], Row]
_KEYED: Final = msgspec.json.Decoder(tuple[list[Any], dict[str, Any]])


class Kept:
    """Findings in order, as the contract has them, that can be gone through as often as wanted.

    Those of ``first`` come first. The others are taken in sorted stretches and come in the order of their keys.
    """

    def __init__(self, first: Iterable[Row] = ()) -> None:
        """Begin with these."""
        self._first = list(first)
        self._held: list[list[Keyed]] = []
        self._count = self._in_hand = 0
        self._file: IO[bytes] | None = None
        self._stretches: list[tuple[int, int]] = []
        self.severities = Counter[str](row["severity"] for row in self._first)
        self.rules = Counter[str](row["rule"] for row in self._first)

    def __len__(self) -> int:
        return len(self._first) + self._count

    def __iter__(self) -> Iterator[Row]:
        laid = (self._read(begin, end) for begin, end in self._stretches)
        return chain(self._first, (row for _, row in heapq.merge(*laid, *self._held, key=_KEY)))

    def take(self, stretch: Iterable[Keyed]) -> None:
        """Take findings with their keys, in the order of these; no other stretch has one of them."""
        self._held.append([])
        for keyed in stretch:
            row = keyed[1]
            self.severities[row["severity"]] += 1
            self.rules[row["rule"]] += 1
            self._count += 1
            self._held[-1].append(keyed)
            self._in_hand += 1
            if self._in_hand > HELD:
                self._lay_down()

    def _lay_down(self) -> None:
        """Put all that is held into the file."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="quarterhour-")  # noqa: SIM115 - open as long as this lives
            weakref.finalize(self, self._file.close)
        for stretch in filter(None, self._held):
            begin = self._file.seek(0, os.SEEK_END)
            self._file.writelines(dumps(keyed).encode() + b"\n" for keyed in stretch)
            self._stretches.append((begin, self._file.tell()))
        self._held, self._in_hand = [[]], 0

    def _read(self, begin: int, end: int) -> Iterator[Keyed]:
        """A stretch from the file, which several are read from in turn."""
        file, at = self._file, begin
        while file is not None and at < end:
            file.seek(at)
            lines = file.readlines(_AT_ONCE)
            for line in lines:
                if at >= end:
                    return
                at += len(line)
                key, row = _KEYED.decode(line)
                yield tuple(key), row


_KEY: Final = itemgetter(0)
#: About so many bytes of a stretch are read at a time: there are as many stretches as parts.
_AT_ONCE: Final = 1 << 16
