"""Which visits of different parts may share minutes of one therapist: when each begins and ends, put side by side.

A part is judged across its own patients. What is left are visits of one therapist's day that stand in two parts, and
mostly no two of these overlap: a few numbers a visit tell, so that only the rows of those that may are read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT, Columns, IntArray
from quarterhour.domain.marks import mark_of
from quarterhour.domain.visit import Visit
from quarterhour.engine.derive.groups import distinct, group
from quarterhour.engine.part import therapist_days
from quarterhour.workflows.scrub.steps import write_array

#: Of every run of rows of a visit: whose day it is, minutes of the day from and to, and the first and last row's place.
#: ``key`` is the same for the same therapist's same day; two days that share one by chance are only looked at in vain.
RUN: Final = np.dtype([("key", "i8"), ("begin", "i2"), ("end", "i2"), ("first", "i8"), ("last", "i8")])
#: The same with the part.
_JOIN: Final = np.dtype([*RUN.descr, ("part", "i4")])
_DAYS: Final = 1 << 22
#: Keys are below that.
_KEYS: Final = _DAYS << 32
#: So many runs are put in order at a time, about.
_AT_ONCE: Final = 2_000_000

Runs = NDArray[np.void]
#: Runs of a part in a file of :func:`write_joins`: the file's number, and from which to which.
Stretch = tuple[int, int, int]


def write_spans(path: Path, columns: Columns[Visit], lines: IntArray) -> int:
    """Write the runs of the visits with times of day and a therapist by key; ``lines`` are the places of all lines'
    rows.

    Returns how many there are.
    """
    runs = _runs(columns, lines)
    write_array(path, runs[np.argsort(runs["key"], kind="stable")])
    return int(runs.size)


def _runs(columns: Columns[Visit], lines: IntArray) -> Runs:
    visits, therapist = therapist_days(columns)
    if not visits.size:
        return np.zeros(0, dtype=RUN)
    root, services = columns.root, columns.root.children["services"]
    intervals = services.children["intervals"]
    texts = columns.texts.values
    different, places = distinct(therapist)
    marks = np.array([mark_of(texts[place]) for place in different.tolist()])
    # Of a visit with times the lines with times are all that can overlap.
    timed = np.flatnonzero(intervals.counts() > 0)
    visit = services.rows_of()
    of_interval = visit[intervals.rows_of()]
    of_visit = np.full(root.rows, ABSENT)
    of_visit[visits] = np.arange(visits.size)
    wanted = of_visit[of_interval] != ABSENT
    which = of_visit[of_interval[wanted]]
    starts = np.flatnonzero(np.concatenate(([True], which[1:] != which[:-1])))
    begin = np.minimum.reduceat(intervals["0"][wanted], starts)
    end = np.maximum.reduceat(intervals["1"][wanted], starts)
    # Rows that follow one another are one run.
    line = np.flatnonzero(of_visit[visit] != ABSENT)
    of = of_visit[visit[line]]
    place = lines[line]
    turns = np.concatenate(([True], (of[1:] != of[:-1]) | (place[1:] - place[:-1] > 1)))
    first = np.flatnonzero(turns)
    last = np.append(first[1:], line.size) - 1
    found = np.zeros(first.size, dtype=RUN)
    found["key"] = (marks[places] * _DAYS + root["date_of_service"][visits])[of[first]]
    found["begin"], found["end"] = begin[of[first]], end[of[first]]
    found["first"], found["last"] = place[first], place[last]
    return found if timed.size else found[:0]


class Joins(msgspec.Struct, frozen=True):
    """Where the runs of every part stand that has any, and how many rows all of them have."""

    of_parts: dict[int, list[Stretch]]
    rows: int


def write_joins(parts: Sequence[tuple[Path, int]], folder: Path) -> Joins:
    """Write down the runs of visits that may overlap with a visit of another part, and say where those of a part are.

    ``parts`` are the files of spans, with how many each has. One range of keys is looked at after the other, so that
    it does not matter how many spans there are.
    """
    slices = max(1, -(-sum(size for _, size in parts) // _AT_ONCE))
    found: dict[int, list[Stretch]] = {}
    rows = 0
    for nth in range(slices):
        runs = _overlapping(parts, _KEYS * nth // slices, _KEYS * (nth + 1) // slices)
        if not runs.size:
            continue
        runs = runs[np.lexsort((runs["first"], runs["part"]))]
        write_array(folder / _joins_file(nth), runs)
        rows += int((runs["last"] - runs["first"] + 1).sum())
        which, begins = np.unique(runs["part"], return_index=True)
        for part, begin, end in zip(which.tolist(), begins.tolist(), [*begins[1:].tolist(), runs.size], strict=True):
            found.setdefault(part, []).append((nth, begin, end))
    return Joins(found, rows)


def read_joins(folder: Path, stretches: Sequence[Stretch]) -> Runs:
    """The runs of a part, by place."""
    runs = np.concatenate(
        [np.load(folder / _joins_file(nth), mmap_mode="r")[begin:end] for nth, begin, end in stretches]
    )
    ordered: Runs = runs[np.argsort(runs["first"], kind="stable")]
    return ordered


def _joins_file(nth: int) -> str:
    return f"joins-{nth:05d}.npy"


def _overlapping(parts: Sequence[tuple[Path, int]], least: int, end: int) -> Runs:
    """The runs with a key from ``least`` to before ``end`` whose key has an overlap of two parts."""
    keys = [np.unique(_between(path, least, end)["key"]) for path, size in parts if size]
    every = np.sort(np.concatenate(keys)) if keys else np.zeros(0, dtype=np.int64)
    # Most therapists' days stand in one part only, which has judged them.
    several = every[1:][every[1:] == every[:-1]]
    taken = [np.zeros(0, dtype=_JOIN)]
    for part, (path, size) in enumerate(parts if several.size else ()):
        runs = _between(path, least, end) if size else np.zeros(0, dtype=RUN)
        place = np.searchsorted(several, runs["key"])
        runs = runs[several[np.minimum(place, several.size - 1)] == runs["key"]]
        one = np.zeros(runs.size, dtype=_JOIN)
        for name in RUN.names or ():
            one[name] = runs[name]
        one["part"] = part
        taken.append(one)
    runs = np.concatenate(taken)
    if not runs.size:
        return runs
    groups = group(np.searchsorted(several, runs["key"]), runs["begin"].astype(np.int64))
    ordered = runs[groups.order]
    day = np.cumsum(np.concatenate(([0], ordered["key"][1:] != ordered["key"][:-1])))
    latest = np.maximum.accumulate(day * _DAYS + ordered["end"])
    met = np.zeros(int(day[-1]) + 1, dtype=np.bool_)
    met[day[1:][day[1:] * _DAYS + ordered["begin"][1:] < latest[:-1]]] = True
    kept: Runs = ordered[met[day]]
    return kept


def _between(path: Path, least: int, end: int) -> Runs:
    """The runs of a file with a key from ``least`` to before ``end``."""
    runs = np.load(path, mmap_mode="r")
    first, last = np.searchsorted(runs["key"], (least, end)).tolist()
    within: Runs = runs[first:last]
    return within


def run_of(place: IntArray, runs: Runs) -> IntArray:
    """For rows at some places which of the runs, by place, they lie in; ABSENT outside of all. Runs are apart."""
    run = np.searchsorted(runs["first"], place, side="right") - 1
    found: IntArray = np.where((run >= 0) & (place <= runs["last"][run]), run, ABSENT)
    return found
