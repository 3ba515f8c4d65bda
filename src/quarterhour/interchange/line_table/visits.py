"""Rows of a table -> columns of visits: which rows are one visit, and every value in the column of the record."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT, Columns, IntArray, Table, Texts, to_columns
from quarterhour.domain.visit import Visit
from quarterhour.interchange.line_table import names
from quarterhour.interchange.line_table.cells import Coded, Wrong, identifiers, integers
from quarterhour.interchange.line_table.lists import ListColumn, read_lists, read_modifiers
from quarterhour.interchange.tabular.columns import MODIFIERS

#: Rows alike in these are one visit where the table gives visits no id.
_ALIKE: Final = ("date_of_service", "patient_id", "discipline", "payer", "therapist_npi", "billing_npi")
#: With an id these tell visits apart: some systems count visits anew for every patient.
_WITH_ID: Final = ("date_of_service", "patient_id", names.VISIT_ID)
_ROOM: Final = 1 << 62


class Laid(msgspec.Struct, frozen=True):
    """Columns of visits, and where in the table they stand.

    ``first[v]`` is the first row of visit ``v`` and ``rows[l]`` that of line ``l``; visits come in the order of their
    first rows. ``wrong`` are rows with what cannot be read; their visits are left out.
    """

    columns: Columns[Visit]
    first: IntArray
    rows: IntArray
    wrong: tuple[Wrong, ...]


class _Rows(msgspec.Struct, frozen=True):
    """Rows by visit: visit ``v`` has the rows ``order[begins[v] : begins[v + 1]]``; ``order`` None keeps them.

    ``of`` is the visit of every row, ``goes_on`` says of every row in order, but the first, whether it is of the same
    visit as the one before.
    """

    order: IntArray | None
    begins: IntArray
    goes_on: NDArray[np.bool_]

    @property
    def first(self) -> IntArray:
        """The first row of every visit."""
        return self.begins[:-1] if self.order is None else self.order[self.begins[:-1]]

    @property
    def of(self) -> IntArray:
        """The visit of every row."""
        ordered = np.repeat(np.arange(self.begins.size - 1), np.diff(self.begins))
        if self.order is None:
            return ordered
        of = np.empty_like(ordered)
        of[self.order] = ordered
        return of


def lay_out(table: pa.Table, *, payers: Container[str], payer_needed: bool, unreadable: Sequence[Wrong] = ()) -> Laid:
    """Lay out a table of service lines as columns of visits.

    ``unreadable`` are rows of which it is known before that they cannot be read; their visits are left out.
    ``payers`` are the payers there are terms of; ``payer_needed`` says that there is no default one. Columns that are
    none of ours are left aside; ``names.unknown_columns`` tells them.
    """
    given = {names.plain(name): table.column(place) for place, name in enumerate(table.column_names)}
    texts, wrong = Texts(), list[Wrong]()
    visit = {
        one.column: integers(one, given[name], texts, wrong)
        for name, one in names.of_visit().items()
        if name in given and name != names.VISIT_ID
    }
    if names.VISIT_ID in given:
        # There are as many as visits, so they are not looked up among the other texts.
        visit[names.VISIT_ID] = identifiers(given[names.VISIT_ID], texts)
    service = {
        one.column: integers(one, given[name], texts, wrong)
        for name, one in names.of_service().items()
        if name in given
    }
    lists = _lists(given, texts, wrong)
    count = table.num_rows
    wrong += _missing(count, visit | service, texts, payers, wrong, payer_needed=payer_needed)
    rows = _by_visit(count, visit)
    values = {column: _of_visits(column, coded, rows, wrong) for column, coded in visit.items()}
    if unreadable:
        # Of a row that cannot be read nothing else is told.
        rows_before = np.concatenate([one.rows for one in unreadable])
        others = (Wrong(np.setdiff1d(one.rows, rows_before), one.column, one.message) for one in wrong)
        wrong = [*unreadable, *(one for one in others if one.rows.size)]
    bad = np.zeros(count, dtype=np.bool_)
    for one in wrong:
        bad[one.rows] = True
    return _build(values, service, lists, texts, wrong, bad, rows)


def _lists(given: Mapping[str, pa.ChunkedArray], texts: Texts, wrong: list[Wrong]) -> dict[str, ListColumn]:
    found = {
        one.column: read_lists(one, given[name], texts, wrong)
        for name, one in names.of_lists().items()
        if name in given
    }
    single = [given[name] for name in MODIFIERS if name in given]
    if single and "modifiers" not in found:
        found["modifiers"] = read_modifiers(names.of_lists()["modifiers"], single, texts, wrong)
    return found


def _missing(
    count: int,
    columns: Mapping[str, Coded],
    texts: Texts,
    payers: Container[str],
    wrong: Sequence[Wrong],
    *,
    payer_needed: bool,
) -> list[Wrong]:
    """Rows without what every row needs, and of payers nobody knows."""

    def without(column: str, message: str) -> Wrong:
        empty = columns[column].rows_with((ABSENT,)) if column in columns else np.arange(count)
        for one in wrong:
            if one.column == column:
                empty = np.setdiff1d(empty, one.rows)
        return Wrong(empty, column, message)

    found = [without(column, f"{column} is missing") for column in ("date_of_service", "code")]
    if payer_needed:
        found.append(without("payer", "no payer: none is given and there is no default"))
    if "payer" in columns:
        payer = columns["payer"]
        different = payer.codes if payer.numbers is None else payer.numbers
        found += [
            Wrong(payer.rows_with((place,)), "payer", "no such payer")
            for place in np.unique(different[different != ABSENT]).tolist()
            if texts.values[place] not in payers
        ]
    return [one for one in found if one.rows.size]


def _by_visit(count: int, visit: Mapping[str, Coded]) -> _Rows:
    """Which rows are of one visit. They mostly stand together; where they do not, the rows are put in order."""
    columns = {name: one.column for name, one in names.of_visit().items()}
    alike = _WITH_ID if columns[names.VISIT_ID] in visit else _ALIKE
    by_name = {name: visit[columns[name]].rows for name in alike if columns[name] in visit}
    keys = list(by_name.values())
    nobody = np.ones(count, dtype=np.bool_)
    for name in (names.PATIENT_ID, names.VISIT_ID):
        if name in by_name:
            nobody &= by_name[name] == ABSENT
    if nobody.any():
        # Rows that name neither patient nor visit are a visit each: nothing says that two of them are of one.
        keys.append(np.where(nobody, np.arange(count), ABSENT))
    new = np.zeros(count, dtype=np.bool_)
    new[:1] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    starts = np.flatnonzero(new)
    packed = _packed([key[starts] for key in keys], starts.size)
    ordered = np.sort(packed)
    if not (ordered[1:] == ordered[:-1]).any():
        return _Rows(None, np.append(starts, count), ~new[1:])
    _, first, run_of = np.unique(packed, return_index=True, return_inverse=True)
    # Visits in the order of their first rows.
    place = np.empty(first.size, dtype=np.int64)
    place[np.argsort(first)] = np.arange(first.size)
    of = np.repeat(place[run_of], np.diff(np.append(starts, count)))
    order = np.argsort(of, kind="stable")
    begins = np.append(0, np.cumsum(np.bincount(of, minlength=first.size)))
    ordered = of[order]
    return _Rows(order, begins, ordered[1:] == ordered[:-1])


def _packed(keys: list[IntArray], count: int) -> IntArray:
    """One integer for each different set of keys."""
    packed, span = np.zeros(count, dtype=np.int64), 1
    for key in keys if count else ():
        least = int(key.min())
        width = int(key.max()) - least + 1
        if span * width > _ROOM:
            packed = np.unique(packed, return_inverse=True)[1]
            span = int(packed.max()) + 1
        packed = packed * width + (key - least)
        span *= width
    return packed


def _of_visits(column: str, coded: Coded, rows: _Rows, wrong: list[Wrong]) -> IntArray:
    """A visit's one value: it may stand on every row of the visit or on some; two different ones are wrong."""
    codes = coded.codes if rows.order is None else coded.codes[rows.order]
    if not ((codes[1:] != codes[:-1]) & rows.goes_on).any():
        return coded.of(codes[rows.begins[:-1]])
    ordered = coded.of(codes)
    places = np.where(ordered == ABSENT, ordered.size, np.arange(ordered.size))
    there = np.minimum.reduceat(places, rows.begins[:-1])
    values = np.append(ordered, ABSENT)[there]
    numbers = coded.rows
    differ = np.flatnonzero((numbers != ABSENT) & (numbers != values[rows.of]))
    if differ.size:
        wrong.append(Wrong(differ, _name_of(column), "the rows of one visit differ in this column"))
    return values


def _name_of(column: str) -> str:
    """What the table calls a column of the record."""
    return next(name for name, one in names.of_visit().items() if one.column == column)


def _build(
    values: Mapping[str, IntArray],
    service: Mapping[str, Coded],
    lists: Mapping[str, ListColumn],
    texts: Texts,
    wrong: list[Wrong],
    bad: NDArray[np.bool_],
    rows: _Rows,
) -> Laid:
    first, lengths = rows.first, np.diff(rows.begins)
    order, taken = (np.arange(bad.size), None) if rows.order is None else (rows.order, rows.order)
    if bad.any():
        # Only visits all of whose rows can be read are kept.
        spared = np.ones(first.size, dtype=np.bool_)
        of = rows.of
        spared[of[bad]] = False
        order = taken = order[spared[of[order]]]
        values = {column: numbers[spared] for column, numbers in values.items()}
        first, lengths = first[spared], lengths[spared]
    columns = to_columns(Visit, [])
    columns.texts = texts
    root, services = columns.root, columns.root.children["services"]
    _blank(root, first.size)
    root.columns.update(values)
    _blank(services, order.size)
    services.offsets = np.append(0, np.cumsum(lengths))
    for column, coded in service.items():
        numbers = coded.rows if taken is None else coded.of(coded.codes[taken])
        services.columns[column] = np.maximum(numbers, 0) if column == "assistant_minutes" else numbers
    for column, one in lists.items():
        if column in services.children:
            one.taken(taken).fill(services.children[column])
        else:
            one.taken(first).fill(root.children[column])
    _flag(root, values)
    return Laid(columns, first, order, tuple(wrong))


def _blank(table: Table, rows: int) -> None:
    """Every column absent, every list empty; a service's share of an assistant is none."""
    absent, none = np.full(rows, ABSENT), np.zeros(rows, dtype=np.int64)
    absent.flags.writeable = none.flags.writeable = False
    for name in table.columns:
        table.columns[name] = none if name.endswith("?") or name == "assistant_minutes" else absent
    for child in table.children.values():
        _blank(child, 0)
        child.offsets = np.zeros(rows + 1, dtype=np.int64)
    table.rows = rows


def _flag(root: Table, values: Mapping[str, IntArray]) -> None:
    """A record inside the visit is there where something of it is; ``values`` are the columns that may hold any."""
    for flag in [name for name in root.columns if name.endswith("?")]:
        within = flag.removesuffix("?") + "."
        there: Any = np.zeros(root.rows, dtype=np.bool_)
        for name, numbers in values.items():
            if name.startswith(within) and not there.all():
                there |= numbers != ABSENT
        for name, child in root.children.items():
            if name.startswith(within) and child.rows:
                there |= child.counts() > 0
        root.columns[flag] = there.astype(np.int64)
