"""NCCI edits with imported tables in the place of the built-in ones, table by table; of Medicaid only imported ones."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.policy.edits import (
    DAYS,
    EDIT_TABLES,
    SPAN,
    WITHDRAWN,
    AddOns,
    EditTable,
    PairEdits,
    Release,
    UnlikelyEdits,
)
from quarterhour.policy.forms import FORMS
from quarterhour.policy.keeping import kept_columns
from quarterhour.policy.source import Source
from quarterhour.policy.tables import Columns, Edition, Version, open_edition

IntArray = NDArray[np.int64]
#: What the units of Medicaid's edits are counted by on a day, as an adjudication indicator: their files have none.
Adjudication = Callable[[dt.date], int]
_NOT_IN_THE_FILE: Final = frozenset({"mue-medicaid-professional", "mue-medicaid-institutional"})
_NOT_SAID: Final = 0
_CONTRACTOR_DEFINED = 0
#: An add-on code of this type may stand beside the listed codes only.
_LISTED_ONLY = 1


def source_of_edition(edition: Edition) -> Source:
    """An imported file as a source."""
    title = f"CMS {FORMS[edition.table].title}, release {edition.release}, imported"
    return Source(f"imported-{edition.table}", title, "CMS", retrieved=edition.imported_on.isoformat())


def pairs_over(built_in: PairEdits, held: Version, digest: str) -> PairEdits:
    """The pair edits of a version: where a table was imported, that and nothing else.

    The columns of all tables stand after each other in files of their own, made at the import or when first
    asked for; ``digest``, that of the built-in data, is part of their name.
    """
    imported: dict[EditTable, Edition] = {}
    for table in EDIT_TABLES:
        editions = held.of(f"ptp-{table}")
        if editions:
            imported[table] = editions[-1]
    if not imported:
        return built_in
    folders = [imported[table].folder if table in imported else digest for table in EDIT_TABLES]
    name = f"pairs-{hashlib.sha256(' '.join(folders).encode()).hexdigest()[:16]}"
    columns = kept_columns(held.store / "packs" / name, lambda: _pack(built_in, held, imported))
    starts, begins = columns["starts"].tolist(), columns["begins"].tolist()
    releases = dict(built_in.releases)
    for table, edition in imported.items():
        begin = dt.date.fromordinal(begins[EDIT_TABLES.index(table)])
        releases[table] = _release(edition, begin)
    return PairEdits(
        columns["keys"].data,
        columns["firsts"].data,
        columns["lasts"].data,
        columns["indicators"].data,
        columns["evidence"].data,
        starts=tuple(starts),
        releases=releases,
        listed=built_in.listed,
        against_any=built_in.against_any,
        listed_numbers=built_in.listed_numbers,
        whole=frozenset(imported),
    )


def unlikely_over(built_in: UnlikelyEdits, held: Version, told: Adjudication) -> UnlikelyEdits:
    """The unlikely-units edits of a version: imported quarters after the built-in release, or in its place.

    ``told`` says what the units of a table whose file has no adjudication indicators are counted by from a day on.
    """
    releases = dict(built_in.releases)
    parts = []
    for number, table in enumerate(EDIT_TABLES):
        editions = held.of(f"mue-{table}")
        mine = built_in.keys // DAYS // SPAN == number
        rows = np.stack([built_in.keys[mine], built_in.units[mine], built_in.adjudications[mine]])
        if editions:
            earlier = tuple(one for one in releases.get(table, ()) if one.covers_from < editions[0].first)
            releases[table] = (*earlier, *(_release(edition, edition.first) for edition in editions))
            rows = _quarters(number, rows if earlier else rows[:, :0], held, editions, told)
        parts.append(rows)
    rows = np.concatenate(parts, axis=1)
    return UnlikelyEdits(releases, *rows[:, np.argsort(rows[0])])


def add_ons_over(built_in: AddOns, held: Version) -> AddOns:
    """The add-on codes of a version whose primary codes are all listed.

    A primary code that is no longer one still counts, so that no line of an earlier day is called wrong.
    """
    editions = held.of("add-on")
    if not editions:
        return built_in
    columns = open_edition(held, editions[-1])
    open_to_others = columns["add_on"][(columns["type"] != _LISTED_ONLY) | (columns["primary"] == _CONTRACTOR_DEFINED)]
    listed = ~np.isin(columns["add_on"], open_to_others)
    primaries: dict[int, set[int]] = {}
    for add_on, primary in zip(columns["add_on"][listed].tolist(), columns["primary"][listed].tolist(), strict=True):
        primaries.setdefault(add_on, set()).add(primary)
    release = _release(editions[-1], built_in.release.covers_from)
    return AddOns({add_on: frozenset(codes) for add_on, codes in primaries.items()}, release)


def _pack(built_in: PairEdits, held: Version, imported: dict[EditTable, Edition]) -> Columns:
    """The rows of all tables; edits that were never in force are left out."""
    names = ("keys", "firsts", "lasts", "indicators", "evidence")
    kinds: tuple[type[Any], ...] = (np.int64, np.int32, np.int32, np.int8, np.int8)
    parts: list[list[NDArray[Any]]] = []
    starts, begins = [0], []
    for number, table in enumerate(EDIT_TABLES):
        if table in imported:
            columns = open_edition(held, imported[table])
            live = columns["indicator"] != WITHDRAWN
            rows = [columns[name][live] for name in ("key", "first", "last", "indicator")]
            rows.append(np.zeros(rows[0].size, dtype=np.int8))
        else:
            mine = slice(built_in.starts[number], built_in.starts[number + 1])
            rows = [
                np.array(getattr(built_in, name)[mine], dtype=kind) for name, kind in zip(names, kinds, strict=True)
            ]
        parts.append(rows)
        starts.append(starts[-1] + rows[0].size)
        begins.append(int(rows[1].min()) if rows[1].size else 0)
    packed: Columns = {name: np.concatenate(both) for name, both in zip(names, zip(*parts, strict=True), strict=True)}
    return packed | {"starts": np.array(starts), "begins": np.array(begins)}


def _quarters(
    number: int, rows: IntArray, held: Version, editions: tuple[Edition, ...], told: Adjudication
) -> IntArray:
    """One table's rows: each edition's values from its first day on, and -1 for codes it no longer has."""
    before = np.unique(rows[0] // DAYS)
    parts = [rows]
    for edition in editions:
        columns = open_edition(held, edition)
        keys = columns["code"] + number * SPAN
        gone = np.setdiff1d(before, keys)
        first = edition.first.toordinal()
        nothing = np.full(gone.size, -1)
        how = columns["adjudication"]
        if edition.table in _NOT_IN_THE_FILE:
            how = np.where(how == _NOT_SAID, told(edition.first), how)
        parts += [
            np.stack([keys * DAYS + first, columns["units"], how]),
            np.stack([gone * DAYS + first, nothing, nothing]),
        ]
        before = keys
    return np.concatenate(parts, axis=1)


def _release(edition: Edition, covers_from: dt.date) -> Release:
    return Release(
        FORMS[edition.table].title,
        edition.release,
        edition.first,
        covers_from,
        source_of_edition(edition),
        "primary",
        edition.through,
    )
