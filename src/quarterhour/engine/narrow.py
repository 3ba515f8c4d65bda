"""The rows of a table outside which a rule says that it can find nothing (``Rule.only_where``)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Condition, Over
from quarterhour.rules.facts import Facts

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
#: For up to so many rows plain numbers (a list, the bits of an integer) take less time than setting up arrays.
FEW: Final = 24


class Narrowing:
    """Where conditions hold in one table; what several rules ask for is worked out once."""

    __slots__ = ("_bits", "_every", "_facts", "_few", "_held", "_over", "_rows_of", "_table")

    def __init__(self, facts: Facts | FactsOfClaims, over: Over, every: IntArray) -> None:
        """Of a table by its name in the facts; ``every`` are all its rows."""
        self._facts: Any = facts  # has what the conditions of rules over it name
        self._table = getattr(facts, over)
        self._over, self._every, self._few = over, every, every.size <= FEW
        self._held: dict[Condition, BoolArray] = {}
        self._bits: dict[Condition, int] = {}
        self._rows_of: dict[int, IntArray] = {0: every[:0]}

    def rows(self, among: IntArray, conditions: tuple[Condition, ...]) -> IntArray:
        """The rows among some for which all conditions hold."""
        if self._few:
            return self._by_bits(among, conditions)
        for condition in conditions:
            held = self._held.get(condition)
            if held is None:
                held = self._held[condition] = _holding(self._column(condition), condition)
            among = among[held[among].nonzero()[0]]
        return among

    def _by_bits(self, among: IntArray, conditions: tuple[Condition, ...]) -> IntArray:
        known = self._bits
        bits = (1 << among.size) - 1 if among is self._every else sum([1 << row for row in among.tolist()])
        for condition in conditions:
            held = known.get(condition)
            if held is None:
                held = known[condition] = _bits(self._column(condition).tolist(), condition)
            bits &= held
            if not bits:
                break
        rows = self._rows_of.get(bits)
        if rows is None:
            rows = self._rows_of[bits] = np.array([row for row in range(self._every.size) if bits >> row & 1])
        return rows

    def _column(self, condition: Condition) -> NDArray[Any]:
        """The column a condition is about, by the rows of the table."""
        name, facts = condition.column, self._facts
        column: NDArray[Any]
        match condition.table:
            case "":
                column = getattr(self._table, name)
            case "grades":
                column = facts.note.grades[name]
                column = column if self._over == "note" else column[self._table.note]
            case "note":
                column = getattr(facts.note, name)[self._table.note]
            case "beside":
                column = getattr(facts.beside, name)[self._table.line]
            case other:
                column = getattr(getattr(facts, other), name)[self._table.visit]
        return column


def _bits(values: list[int], condition: Condition) -> int:
    least, most = condition.least, condition.most
    bits = 0
    for row, value in enumerate(values):
        if least <= value <= most:
            bits |= 1 << row
    return bits


def _holding(values: NDArray[Any], condition: Condition) -> BoolArray:
    least, most = condition.least, condition.most
    held: BoolArray
    if values.dtype == np.bool_:
        held = values if least else ~values
    elif least == most:
        held = values == least
    else:
        held = (values >= least) & (values <= most)
    return held
