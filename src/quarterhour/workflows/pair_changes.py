"""Which pair edits begin, end or change their indicator between two days, or between two versions of the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.code import code_text
from quarterhour.policy import Policy
from quarterhour.policy.edits import EDIT_TABLES, SPAN, UNKNOWN_START, EditTable
from quarterhour.policy.forms import FOREVER

IntArray = NDArray[np.int64]
_MEANING: Final = {0: "no modifier bypasses it", 1: "a modifier may bypass it"}


class Change(msgspec.Struct, frozen=True):
    """One thing that is otherwise on the other side. ``on`` is the first day on which it is, where that is known."""

    area: str
    codes: tuple[str, ...]
    what: str
    before: str | None
    after: str | None
    on: dt.date | None
    text: str
    source: str
    evidence: str | None
    claim: str | None = None


class Codes(msgspec.Struct, frozen=True):
    """Whose changes are wanted. ``both``: of a pair both codes must be among them, else one is enough."""

    numbers: IntArray
    both: bool


class _Rows(msgspec.Struct, frozen=True):
    """Rows of the pair tables, a column each."""

    key: IntArray
    first: IntArray
    last: IntArray
    indicator: IntArray

    def at(self, places: Any) -> _Rows:
        """Some of the rows."""
        return _Rows(self.key[places], self.first[places], self.last[places], self.indicator[places])

    def in_force(self, day: dt.date) -> _Rows:
        """The rows of a day, a pair once."""
        ordinal = day.toordinal()
        return self.at((self.first <= ordinal) & (ordinal <= self.last))


def between_days(policy: Policy, one: dt.date, other: dt.date, codes: Codes | None) -> Iterator[Change]:
    """The changes from one day to a later one. Days before a table begins are the caller's to say."""
    for table, release in policy.pairs.releases.items():
        if one < release.covers_from:
            continue
        rows = _rows(policy, table, codes)
        before, after = rows.in_force(one), rows.in_force(other)
        for row in _in_order(after, ~np.isin(after.key, before.key)):
            first = dt.date.fromordinal(row[1])
            text = f"an edit from {first}, indicator {row[3]} ({_MEANING[row[3]]})"
            yield _change(table, row[0], "begins", None, f"indicator {row[3]}", first, text, release)
        for row in _in_order(before, ~np.isin(before.key, after.key)):
            last = dt.date.fromordinal(row[2])
            next_day = last + dt.timedelta(days=1)
            text = f"no edit any more from {next_day} (its last day is {last})"
            yield _change(table, row[0], "ends", f"indicator {row[3]}", None, next_day, text, release)
        were = dict(zip(before.key.tolist(), before.indicator.tolist(), strict=True))
        for row in _in_order(after, np.isin(after.key, before.key)):
            if were[row[0]] != row[3]:
                first = dt.date.fromordinal(row[1])
                text = f"indicator {row[3]} instead of {were[row[0]]} from {first} ({_MEANING[row[3]]})"
                befores = f"indicator {were[row[0]]}"
                yield _change(table, row[0], "indicator", befores, f"indicator {row[3]}", first, text, release)


def between_versions(one: Policy, other: Policy, codes: Codes | None) -> Iterator[Change]:
    """The pairs whose edits are not the same in two versions, whatever the day."""
    for table, release in other.pairs.releases.items():
        ours, theirs = _rows(one, table, codes), _rows(other, table, codes)
        if (table in one.pairs.whole) != (table in other.pairs.whole):
            continue  # the built-in table speaks of few pairs: what it lacks is not a change
        different = _unpaired(ours, theirs)
        before, after = _spans(ours, different), _spans(theirs, different)
        for key in different.tolist():
            what = "changed" if key in before and key in after else "added" if key in after else "removed"
            text = f"{before.get(key, 'no edit')} becomes {after.get(key, 'no edit')}"
            yield _change(table, key, what, before.get(key), after.get(key), None, text, release)


def _rows(policy: Policy, table: EditTable, codes: Codes | None) -> _Rows:
    edits = policy.pairs
    begin, end = edits.starts[EDIT_TABLES.index(table) :][:2]
    columns = (edits.keys, edits.firsts, edits.lasts, edits.indicators)
    rows = _Rows(*(np.asarray(column)[begin:end] for column in columns))
    if codes is None:
        return rows
    one, two = np.isin(rows.key // SPAN, codes.numbers), np.isin(rows.key % SPAN, codes.numbers)
    return rows.at(one & two if codes.both else one | two)


def _unpaired(ours: _Rows, theirs: _Rows) -> IntArray:
    """The keys of rows that have no equal on the other side."""
    key = np.concatenate([ours.key, theirs.key])
    first = np.concatenate([ours.first, theirs.first])
    last = np.concatenate([ours.last, theirs.last])
    indicator = np.concatenate([ours.indicator, theirs.indicator])
    order = np.lexsort((indicator, last, first, key))
    columns = np.stack([column[order].astype(np.int64) for column in (key, first, last, indicator)])
    same = np.append((columns[:, 1:] == columns[:, :-1]).all(axis=0), False)
    # No row stands twice on one side, so two equal neighbours are one of each.
    return np.unique(columns[0][~same & ~np.append(False, same[:-1])])


def _spans(rows: _Rows, keys: IntArray) -> dict[int, str]:
    told: dict[int, list[str]] = {}
    for key, first, last, indicator in _in_order(rows, np.isin(rows.key, keys)):
        begin = "start not known" if first == UNKNOWN_START else str(dt.date.fromordinal(first))
        end = "still in force" if last == FOREVER else str(dt.date.fromordinal(last))
        told.setdefault(key, []).append(f"{begin} to {end}, indicator {indicator}")
    return {key: "; ".join(spans) for key, spans in told.items()}


def _in_order(rows: _Rows, wanted: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    columns = (rows.key, rows.first, rows.last, rows.indicator)
    return sorted(zip(*(column[wanted].tolist() for column in columns), strict=True))


def _change(
    table: EditTable, key: int, what: str, before: str | None, after: str | None, on: dt.date | None, text: str, by: Any
) -> Change:
    one, two = code_text(key // SPAN), code_text(key % SPAN)
    told = f"{one}/{two} on {table} claims: {text}"
    return Change("pair", (one, two), what, before, after, on, told, by.source.title, by.evidence, table)
