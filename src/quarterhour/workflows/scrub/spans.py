"""Which visits of different parts may share minutes of one therapist: when each begins and ends, put side by side.

A part is judged across its own patients. What is left are visits of one therapist's day that stand in two parts, and
mostly no two of these overlap: a few numbers a visit tell, so that only the rows of those that may are read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
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
#: The same with the part, and the part by therapist and day it goes to.
JOIN: Final = np.dtype([*RUN.descr, ("part", "i4"), ("to", "i4")])
_DAYS: Final = 1 << 22
#: So many runs are put in order at a time.
_AT_ONCE: Final = 4_000_000

Runs = NDArray[np.void]


def write_spans(path: Path, columns: Columns[Visit], lines: IntArray) -> int:
    """Write the runs of the visits with times of day and a therapist; ``lines`` are the places of all lines' rows.

    Returns how many there are.
    """
    runs = _runs(columns, lines)
    write_array(path, runs)
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


def joins(paths: Sequence[Path], sizes: Sequence[int], parts: int) -> Runs:
    """The runs of visits that may overlap with a visit of another part, by part and place; each goes to one of
    ``parts``.
    """
    slices = -(-sum(sizes) // _AT_ONCE)
    found = [_overlapping(paths, one, slices) for one in range(slices)]
    joined = np.concatenate([np.zeros(0, dtype=JOIN), *found])
    joined["to"] = joined["key"] % max(1, parts)
    ordered: Runs = joined[np.lexsort((joined["first"], joined["part"]))]
    return ordered


def _overlapping(paths: Sequence[Path], nth: int, slices: int) -> Runs:
    """The runs of one of several slices of all keys whose key has an overlap of two parts."""
    own = []
    for path in paths:
        keys = np.load(path, mmap_mode="r")["key"]
        own.append(np.unique(keys[keys % slices == nth] if slices > 1 else keys))
    every = np.sort(np.concatenate(own)) if own else np.zeros(0, dtype=np.int64)
    # Most therapists' days stand in one part only, which has judged them.
    several = every[1:][every[1:] == every[:-1]]
    taken = [np.zeros(0, dtype=JOIN)]
    for part, path in enumerate(paths if several.size else ()):
        runs = np.load(path, mmap_mode="r")
        place = np.searchsorted(several, runs["key"])
        runs = runs[several[np.minimum(place, several.size - 1)] == runs["key"]]
        one = np.zeros(runs.size, dtype=JOIN)
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


def rows_of_runs(table: pa.Table, place: IntArray, runs: Runs) -> tuple[pa.Table, IntArray]:
    """The rows of a table, whose places rise, that runs have, and for each the part it goes to."""
    first, last = np.searchsorted(place, runs["first"]), np.searchsorted(place, runs["last"], side="right")
    counts = last - first
    rows = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts - first, counts)
    return table.take(pa.array(rows)), np.repeat(runs["to"].astype(np.int64), counts)
