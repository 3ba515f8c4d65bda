"""The facts of a line: what its code is on that day, its minutes, units, modifiers and intervals."""

from __future__ import annotations

from collections.abc import Container

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import Table
from quarterhour.domain.visit import MODES
from quarterhour.engine.compiled import run
from quarterhour.engine.derive.batch import Batch, translate
from quarterhour.engine.derive.groups import distinct
from quarterhour.engine.derive.lookup import stretches
from quarterhour.engine.kernels.modifiers import gather
from quarterhour.policy import Policy
from quarterhour.rules.facts import LineFacts

IntArray = NDArray[np.int64]


class CodesMet(msgspec.Struct, frozen=True):
    """The different codes of a batch's lines, and for every line the place of its own among them."""

    different: IntArray
    at: IntArray

    def among(self, codes: Container[int]) -> NDArray[np.bool_]:
        """Which of the different codes are among some."""
        return np.array([code in codes for code in self.different.tolist()], dtype=np.bool_)


def codes_met(batch: Batch) -> CodesMet:
    """Tell the codes of a batch apart."""
    return CodesMet(*distinct(batch.services["code"]))


def line_facts(batch: Batch, met: CodesMet, policy: Policy) -> LineFacts:
    """Fill the line table; lines stand in the order of the record."""
    table, codes = batch.services, policy.codes
    visit = table.rows_of()
    code, at = table["code"], met.at
    row = codes.rows(met.different)
    of = row[at]
    asked = stretches(row.size, codes.turns, batch.days)
    designation = codes.designations(row[asked.things], asked.days)
    units = table["units"]
    bits, count, unknown, repeated = modifiers_of(batch.services, policy)
    intervals = table.children["intervals"]
    length = intervals["1"] - intervals["0"]

    return LineFacts(
        visit=visit,
        line=np.arange(visit.size),
        number=table.numbers(),
        code=code,
        known=of >= 0,
        kind=codes.kind[of],
        contact=codes.contact[of],
        timed=codes.timed[of],
        in_total=codes.in_total[of],
        unit_minutes=codes.unit_minutes[of],
        bound_discipline=codes.bound[of],
        designation=designation[asked.cells(at, visit)],
        valid_from=codes.valid_from[of],
        valid_to=codes.valid_to[of],
        minutes=table["minutes"],
        assistant_minutes=table["assistant_minutes"],
        units=units,
        billed=units != 0,
        charge=table["charge"],
        mode=translate(table["mode"], MODES.index, batch.columns.texts.values),
        modifiers=bits,
        modifier_count=count,
        unknown_modifier=unknown,
        repeated_modifier=repeated,
        intervals=intervals.counts(),
        interval_minutes=intervals.sums(np.maximum(length, 0)),
        reversed_intervals=intervals.sums(length <= 0),
    )


def modifiers_of(lines: Table, policy: Policy) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Bit set, count, first unknown and first repeated modifier of every line."""
    child = lines.children["modifiers"]
    starts, numbers, rows = np.asarray(child.offsets), child["value"], lines.rows
    different, places = distinct(numbers)
    bits = np.array([policy.modifiers.bit_of_number(number) for number in different.tolist()], dtype=np.int64)[places]
    _, (sets, unknown, repeated) = run(gather, numbers.size, starts, numbers, bits, fills=(rows, rows, rows))
    return sets, starts[1:] - starts[:-1], unknown, repeated
