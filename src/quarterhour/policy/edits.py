"""NCCI edits as sorted columns: pairs of codes with their intervals, unlikely units, add-on codes.

Professional and institutional claims have tables of their own that differ in members, order and indicator, and so have
Medicare and Medicaid; they are never merged, and none answers in the place of another.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any, Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.claim import ClaimType
from quarterhour.domain.code import code_number, code_text
from quarterhour.policy.forms import FOREVER
from quarterhour.policy.parameter import day_of
from quarterhour.policy.reading import DataFiles
from quarterhour.policy.source import GRADES, Grade, Source, source_of

IntArray = NDArray[np.int64]
Column = Sequence[int]
_COLUMNS: Final = ("keys", "firsts", "lasts", "indicators", "evidence")
CLAIM_TYPES: Final[tuple[ClaimType, ...]] = ("professional", "institutional")
EditTable = Literal["professional", "institutional", "medicaid-professional", "medicaid-institutional"]
#: Medicare's tables by claim type, then Medicaid's, of which none is built in: the payer's term ``edit_tables`` times
#: the number of claim types plus the claim type is a place here.
EDIT_TABLES: Final[tuple[EditTable, ...]] = (*CLAIM_TYPES, "medicaid-professional", "medicaid-institutional")
#: First day of an interval whose start is not known.
UNKNOWN_START: Final = 0
#: More than any code number, so that two of them fit one sortable key.
SPAN: Final = 36**5
#: The indicator of an edit that was withdrawn as of its first day: it was never in force.
WITHDRAWN: Final = 9
#: More than any day, so that a key and a day fit one sortable key.
DAYS: Final = 1 << 22


class Release(msgspec.Struct, frozen=True):
    """Which publication a table was taken from, and the days it speaks for.

    ``as_of`` is the day its state is of, ``through`` the last it was published for, where that is known.
    """

    title: str
    release: str
    as_of: dt.date
    covers_from: dt.date
    source: Source
    evidence: Grade
    through: dt.date | None = None

    def is_older_than(self, day: dt.date) -> bool:
        """Whether what it says of a day may have changed since."""
        return day > (self.through or self.as_of)


class PairInterval(msgspec.Struct, frozen=True):
    """A pair edit while it was in force. ``first`` None: in force before the record begins, its start not known."""

    column1: str
    column2: str
    indicator: str
    first: dt.date | None
    last: dt.date | None
    evidence: Grade


class PairEdits(msgspec.Struct, frozen=True):
    """All pair edits of every table in ``EDIT_TABLES``.

    Row ``r`` says: code pair ``keys[r]`` (column 1 times ``SPAN`` plus column 2) has an edit with ``indicators[r]``
    from day ``firsts[r]`` to ``lasts[r]``. Rows of a table are ``starts[table]`` to ``starts[table + 1]``, keys rising;
    a table that is not held has none, and no release. The columns are lists, or views of an imported table's files,
    which give plain integers as lists do; of some codes (:meth:`among`) they are arrays.
    """

    keys: Column
    firsts: Column
    lasts: Column
    indicators: Column
    evidence: Column
    starts: tuple[int, ...]
    releases: dict[EditTable, Release]
    listed: dict[str, dt.date | None]
    against_any: frozenset[str]
    listed_numbers: frozenset[int]
    """the numbers (``domain.code``) of the listed codes"""
    whole: frozenset[EditTable] = frozenset()
    """tables that are the official ones: they speak of every pair of codes"""

    def among(self, codes: IntArray) -> PairEdits:
        """The same without the edits that join a code other than these (code numbers, rising).

        A batch has some hundred codes of the many thousands in a national table, and looks every two of a day up.
        """
        keys = np.asarray(self.keys)
        kept, starts = [], [0]
        for low, high in itertools.pairwise(self.starts):
            begins, ends = low + np.searchsorted(keys[low:high], (codes * SPAN, (codes + 1) * SPAN))
            counts = ends - begins
            rows = np.repeat(begins - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
            seconds = keys[rows] % SPAN
            places = np.minimum(np.searchsorted(codes, seconds), codes.size - 1)
            kept.append(rows[codes[places] == seconds])
            starts.append(starts[-1] + kept[-1].size)
        rows = np.concatenate(kept)
        columns = {name: np.asarray(getattr(self, name))[rows].astype(np.int64) for name in _COLUMNS}
        return msgspec.structs.replace(self, **columns, starts=tuple(starts))

    def intervals(self, one: str, other: str, table: EditTable) -> list[PairInterval]:
        """Every interval of the pair in either order, oldest first."""
        low, high = self.starts[EDIT_TABLES.index(table) : EDIT_TABLES.index(table) + 2]
        found = []
        for first, second in ((one, other), (other, one)):
            key = code_number(first) * SPAN + code_number(second)
            row = bisect.bisect_left(self.keys, key, low, high)
            while row < high and self.keys[row] == key:
                found.append(self._interval(row))
                row += 1
        return sorted(found, key=lambda i: (i.first or dt.date.min, i.column1))

    def known_from(self, one: str, other: str, table: EditTable) -> dt.date | None:
        """The first day for which the tables say whether the pair has an edit; None where they say nothing of it."""
        if table not in self.releases:
            return None
        if table in self.whole or (one in self.listed and other in self.listed) or {one, other} & self.against_any:
            return self.releases[table].covers_from
        return None

    def as_of(self, one: str, other: str, table: EditTable) -> dt.date:
        """The release date up to which the answer for this pair was confirmed."""
        as_of = self.releases[table].as_of
        if table == "institutional" and table not in self.whole:
            later = [self.listed.get(code) for code in (one, other)]
            if all(later):
                return max(as_of, min(day for day in later if day))
        return as_of

    def holds_for(self, one: str, other: str, table: EditTable, day: dt.date) -> bool:
        """Whether the answer for a day was published for it, rather than taken from an earlier release."""
        return day <= self.as_of(one, other, table) or not self.releases[table].is_older_than(day)

    def _interval(self, row: int) -> PairInterval:
        one, two = divmod(self.keys[row], SPAN)
        first, last = self.firsts[row], self.lasts[row]
        return PairInterval(
            code_text(one),
            code_text(two),
            str(self.indicators[row]),
            None if first == UNKNOWN_START else dt.date.fromordinal(first),
            None if last == FOREVER else dt.date.fromordinal(last),
            GRADES[self.evidence[row]],
        )


class UnlikelyUnits(msgspec.Struct, frozen=True):
    """The most units of one code, counted by line (1), by day under a policy (2) or by day clinically (3)."""

    units: int
    adjudication: int


class UnlikelyEdits(msgspec.Struct, frozen=True):
    """Medically Unlikely Edits by table, code and day; before the first release nothing is known."""

    releases: dict[EditTable, tuple[Release, ...]]
    """oldest first, one at least; none of a table that is not held"""
    keys: IntArray
    """(position in ``EDIT_TABLES`` times ``SPAN`` plus code number) times ``DAYS`` plus first day, rising"""
    units: IntArray
    """most units from that day on, -1 where the edit ended"""
    adjudications: IntArray

    @property
    def turns(self) -> IntArray:
        """The days (ordinals) on which an edit begins, changes or ends."""
        return np.unique(self.keys % DAYS)

    def limits(self, tables: IntArray, codes: IntArray, days: IntArray) -> tuple[IntArray, IntArray]:
        """Most units and adjudication indicator for many tables, codes and days, -1 where there is no edit."""
        wanted = tables * SPAN + codes
        places = np.searchsorted(self.keys, wanted * DAYS + days, side="right") - 1
        known = (places >= 0) & (self.keys[places] // DAYS == wanted)
        return np.where(known, self.units[places], -1), np.where(known, self.adjudications[places], -1)

    def limit(self, code: int, table: EditTable, day: dt.date) -> UnlikelyUnits | None:
        """The edit of one code number on a day, None where there is none."""
        asked = (EDIT_TABLES.index(table), code, day.toordinal())
        units, how = self.limits(*(np.array([number], dtype=np.int64) for number in asked))
        return None if units[0] < 0 else UnlikelyUnits(int(units[0]), int(how[0]))

    def release_on(self, table: EditTable, day: dt.date) -> Release:
        """The release of a table that is held that answers for a day; for one before the first release, that."""
        releases = self.releases[table]
        return next((one for one in reversed(releases) if one.covers_from <= day), releases[0])


class AddOns(msgspec.Struct, frozen=True):
    """For the number of an add-on code, the numbers of the codes one of which must stand beside it."""

    primaries: dict[int, frozenset[int]]
    release: Release


def pair_edits(data: DataFiles, sources: dict[str, Source]) -> PairEdits:
    """Read the pair tables."""
    described = data.files["ncci/tables"]
    rows: list[tuple[int, int, int, int, int]] = []
    starts = [0]
    for claim in CLAIM_TYPES:
        ours = []
        for line in data.files[f"ncci/ptp_{claim}"]:
            first = day_of(line["from"], "ncci").toordinal() if line["from"] else UNKNOWN_START
            last = day_of(line["to"], "ncci").toordinal() if line["to"] else FOREVER
            one = code_number(line["column1"]) * SPAN
            indicator, known = int(line["indicator"]), GRADES.index(line["evidence"])
            ours += [(one + code_number(two), first, last, indicator, known) for two in line["column2"].split()]
        rows += sorted(ours)
        starts.append(len(rows))
    starts += [len(rows)] * (len(EDIT_TABLES) - len(CLAIM_TYPES))
    scope = data.files["ncci/ptp_scope"]
    keys, firsts, lasts, indicators, evidence = ([*column] for column in zip(*rows, strict=True))
    return PairEdits(
        keys,
        firsts,
        lasts,
        indicators,
        evidence,
        starts=tuple(starts),
        releases={claim: _release(described[f"ptp-{claim}"], sources) for claim in CLAIM_TYPES},
        listed={
            line["code"]: day_of(line["institutional_as_of"], "ncci/ptp_scope") if line["institutional_as_of"] else None
            for line in scope
        },
        against_any=frozenset(line["code"] for line in scope if line["against"] == "any"),
        listed_numbers=frozenset(code_number(line["code"]) for line in scope),
    )


def unlikely_edits(data: DataFiles, sources: dict[str, Source]) -> UnlikelyEdits:
    """Read the unlikely-units table."""
    release = _release(data.files["ncci/tables"]["mue"], sources)
    first = release.covers_from.toordinal()
    rows = sorted(
        ((number * SPAN + code_number(line["code"])) * DAYS + first, int(line[claim]), int(line[f"{claim}_mai"]))
        for line in data.files["ncci/mue"]
        for number, claim in enumerate(CLAIM_TYPES)
        if line[claim]
    )
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    releases: dict[EditTable, tuple[Release, ...]] = dict.fromkeys(CLAIM_TYPES, (release,))
    return UnlikelyEdits(releases, *columns)


def add_ons(data: DataFiles, sources: dict[str, Source]) -> AddOns:
    """Read the add-on table."""
    primaries: dict[int, set[int]] = {}
    for line in data.files["ncci/add_on"]:
        primaries.setdefault(code_number(line["add_on"]), set()).add(code_number(line["primary"]))
    release = _release(data.files["ncci/tables"]["add-on"], sources)
    return AddOns({add_on: frozenset(codes) for add_on, codes in primaries.items()}, release)


def _release(entry: dict[str, Any], sources: dict[str, Source]) -> Release:
    where = f"ncci/tables {entry['title']}"
    return Release(
        entry["title"],
        str(entry["release"]),
        day_of(entry["as_of"], where),
        day_of(entry["covers_from"], where),
        source_of(entry, sources, where),
        entry["evidence"],
    )
