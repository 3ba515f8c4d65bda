"""Which rows of a table are of one record, whether they stand together or apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from quarterhour.interchange.tabular.cells import unguarded
from quarterhour.interchange.tabular.columns import VISITS, Column, Table

#: Rows alike in these are of one visit where it has no id; with an id the first two tell visits apart, since some
#: systems count visits anew for every patient. A scrub goes by the same.
_ALIKE: Final = ("patient_id", "date_of_service", "discipline", "payer", "therapist_npi", "billing_npi")
_BESIDE_ID: Final = 2


class KeyedRow(NamedTuple):
    """A row: which record it belongs to, the number of its line, and how many of its cells were given."""

    key: Hashable
    number: int
    cells: list[Any]
    given: int


class Belonging:
    """Says of one row after another to which record it belongs, by the columns of the record."""

    def __init__(self, table: Table, columns: Sequence[Column]) -> None:
        """``columns`` are those of the record that the file has, in the order in which cells are given."""
        names = [column.name for column in columns]
        self._columns = columns
        self._key = names.index(table.key) if table.key in names else None
        alike = _ALIKE if table == VISITS else ()
        self._alike = [names.index(name) if name in alike and name in names else None for name in _ALIKE]
        self._before: tuple[Any, ...] | None = None
        self._told: Hashable = None
        self._nameless = 0

    def of(self, cells: tuple[Any, ...]) -> Hashable:
        """The record of the next row, by its cells; rows with the same answer are of one."""
        if self._before is None or cells != self._before:
            self._told = self._tell(cells)
        self._before = cells
        return self._told

    def _tell(self, cells: tuple[Any, ...]) -> Hashable:
        record_id = self._clean(cells, self._key)
        alike = tuple(self._clean(cells, at) for at in self._alike)
        patient = alike[0]
        before = self._before
        if record_id is not None:
            if before is not None and self._clean(before, self._key) == record_id:
                # The row before has the same id: where it contradicts this one, that is told of the record.
                theirs = self._clean(before, self._alike[0])
                if patient is None or theirs is None or patient == theirs:
                    return self._told
            return ("id", record_id, *alike[:_BESIDE_ID])
        if patient is not None:
            return ("alike", *alike)
        # Rows that name neither are of one record only where nothing parts them and nothing differs.
        every = range(len(cells))
        if before is None or any(self._clean(cells, at) != self._clean(before, at) for at in every):
            self._nameless += 1
        return ("nameless", self._nameless)

    def has_id(self, cells: tuple[Any, ...]) -> bool:
        """Whether a row says which record it is of by an id."""
        return self._clean(cells, self._key) is not None

    def _clean(self, cells: tuple[Any, ...], at: int | None) -> Any:
        return None if at is None else clean(cells[at], self._columns[at])


def together(rows: Iterable[KeyedRow]) -> Iterator[KeyedRow]:
    """The rows of every record one after the other, in the order of the first rows; all rows are held."""
    found: dict[Hashable, list[KeyedRow]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    for of_one in found.values():
        yield from of_one


def clean(cell: Any, column: Column) -> Any:
    """A cell without what is not its content, None if it has none."""
    if not cell or not isinstance(cell, str):
        return None if cell == "" else cell
    text = unguarded(cell if column.kind == "verbatim" else cell.strip())
    return text if text.strip() else None
