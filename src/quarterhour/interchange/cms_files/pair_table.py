"""The parts of a pair table put together, and what no single line shows: missing parts, pairs said twice, gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.code import code_text
from quarterhour.interchange.cms_files.pairs import PART
from quarterhour.interchange.cms_files.reading import Columns, Place, Reading
from quarterhour.interchange.cms_files.releases import Release, of_quarter, quarter_start
from quarterhour.interchange.errors import BadOfficialFile
from quarterhour.policy.edits import SPAN, WITHDRAWN

_IN_ONE = "give all parts of the table in one command"
#: A table of so many records has edits that begin in every year; one without them was filtered or cut.
_LARGE: Final = 100_000


def joined(parts: Sequence[Reading], *, gaps: bool = False) -> Reading:
    """One reading of all parts, rows sorted by pair and first day. ``gaps``: a year without new edits is taken.

    Raises:
        BadOfficialFile: for parts that are missing or of several releases, a pair that has two edits on one day, a
            year in which no edit begins, or edits that begin after the release.

    """
    _numbered(parts)
    named = _named_release(parts)
    columns = {name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns}
    lines = np.concatenate([part.lines for part in parts])
    ends = np.cumsum([part.rows for part in parts])
    order = _order(columns)
    if order is not None:
        columns, lines = {name: values[order] for name, values in columns.items()}, lines[order]
    twice = _twice(columns)
    if twice is not None:
        raise _doubled(parts, ends, columns, lines, order, twice)
    if not gaps and lines.size >= _LARGE:
        _every_year(parts, columns["first"])
    del columns["rationale"]
    latest = dt.date.fromordinal(int(columns["first"].max()))
    release = named or of_quarter(quarter_start(latest))
    if release.through and latest > release.through:
        raise BadOfficialFile(
            parts[0].source.where,
            f"is release {release.name} by its name, and has edits that begin on {latest}",
            "look at which file it is; --effective DATE says the first day of its release",
        )
    return Reading(
        parts[0].source, parts[0].table, release, columns, lines, notes=tuple(_doubts(parts[0], named, release, latest))
    )


def _numbered(parts: Sequence[Reading]) -> None:
    """Refuse parts f1, f2, ... of which one between the first and the last is missing."""
    found = {}
    for part in parts:
        match = next((hit for name in part.source.names if (hit := PART.search(name))), None)
        if match:
            found[int(match[1])] = part.source
    missing = sorted(set(range(1, max(found, default=0) + 1)) - set(found))
    if missing:
        named = ", ".join(f"f{number}" for number in missing)
        raise BadOfficialFile(found[max(found)].where, f"this is part f{max(found)}, and {named} is missing", _IN_ONE)


def _named_release(parts: Sequence[Reading]) -> Release | None:
    """The release the names of the parts agree on, None where none of them says one."""
    named = [(part.source, part.release) for part in parts if part.release]
    for source, release in named[1:]:
        if release.first != named[0][1].first:
            raise BadOfficialFile(
                source.where,
                f"is of release {release.name}, {named[0][0].where} of {named[0][1].name}",
                "give the parts of one release",
            )
    return named[0][1] if named else None


def _doubts(part: Reading, named: Release | None, release: Release, latest: dt.date) -> Iterator[str]:
    if named is None:
        taken = f"it is taken as {release.name}, that of the latest first day"
        yield f"{part.source.where}: no name says the release; {taken}"
    elif latest < release.first:
        yield f"{part.source.where}: no edit begins in the quarter of {release.name}; the latest begins on {latest}"


def _order(columns: Columns) -> NDArray[np.int64] | None:
    """The order by pair and first day; None where the rows have it."""
    keys, first = columns["key"], columns["first"]
    rising = (keys[1:] > keys[:-1]) | ((keys[1:] == keys[:-1]) & (first[1:] > first[:-1]))
    return None if rising.all() else np.lexsort((columns["rationale"], columns["indicator"], first, keys))


def _twice(columns: Columns) -> tuple[int, int] | None:
    """The first two rows of a pair that are both in force on some day, or that say the same."""
    keys, first, last = columns["key"], columns["first"], columns["last"]
    # What was withdrawn as of its first day was never in force, so it cannot be in another edit's way.
    live = np.flatnonzero(columns["indicator"] != WITHDRAWN)
    overlap = (keys[live[1:]] == keys[live[:-1]]) & (first[live[1:]] <= last[live[:-1]])
    hits = np.flatnonzero(overlap)
    if hits.size:
        return int(live[hits[0]]), int(live[hits[0] + 1])
    equal = keys[1:] == keys[:-1]
    for name in ("first", "last", "indicator", "rationale"):
        equal &= columns[name][1:] == columns[name][:-1]
    hits = np.flatnonzero(equal)
    return (int(hits[0]), int(hits[0]) + 1) if hits.size else None


def _doubled(
    parts: Sequence[Reading],
    ends: NDArray[np.int64],
    columns: Columns,
    lines: NDArray[np.int32],
    order: NDArray[np.int64] | None,
    rows: tuple[int, int],
) -> BadOfficialFile:
    """Name both lines, in the order in which the files were given."""
    places = sorted((row if order is None else int(order[row]), int(lines[row])) for row in rows)
    (before, line), (after, other_line) = (
        (parts[int(np.searchsorted(ends, place, side="right"))].source, line) for place, line in places
    )
    one, two = divmod(int(columns["key"][rows[0]]), SPAN)
    day = dt.date.fromordinal(int(columns["first"][rows[1]]))
    named = f"line {line}" if before == after else f"{before.where}, line {line}"
    return Place(after, other_line).bad(
        f"the pair {code_text(one)}/{code_text(two)} already has an edit on {day} ({named})",
        remedy="leave out the file that was given twice, or download it again",
    )


def _every_year(parts: Sequence[Reading], first: NDArray[np.int32]) -> None:
    years = {dt.date.fromordinal(int(day)).year for day in np.unique(first)}
    missing = sorted(set(range(min(years), max(years))) - years)
    if missing:
        raise BadOfficialFile(
            parts[0].source.where,
            f"no edit begins in {', '.join(map(str, missing))}: a span of dates is missing",
            "download it again, or take it as it is with --allow-gaps",
        )
