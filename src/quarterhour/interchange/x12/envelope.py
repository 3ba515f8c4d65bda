"""The envelope: ISA, GS, ST and their ends. Counts and control numbers are kept from block to block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.blocks import Block
from quarterhour.interchange.x12.columns import Column, Table, Text
from quarterhour.interchange.x12.defects import Defects
from quarterhour.interchange.x12.segments import NUMBER, Segments
from quarterhour.interchange.x12.values import days

_ENVELOPE: Final = ("ISA", "GS", "ST", "SE", "GE", "IEA", "TA1")
_NAMES: Final = {NUMBER[name]: name for name in _ENVELOPE}
#: Functional identifier of each transaction set.
_GROUPS: Final = {
    "837": "HC", "835": "HP", "277": "HN", "276": "HR", "999": "FA", "997": "FA", "270": "HS", "271": "HB", "278": "HI",
    "834": "BE", "820": "RA",
}  # fmt: skip
_ADOPTED: Final = {"837P": "005010X222A1", "837I": "005010X223A2", "835": "005010X221A1"}
#: The lengths of the elements of an ISA.
ISA_LENGTHS: Final = np.array((2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1))
_ISA_FORMS: Final = {
    5: r"[A-Z0-9]{2}", 7: r"[A-Z0-9]{2}", 9: r"\d{6}", 10: r"\d{4}", 12: r"\d{5}", 13: r"\d{9}",
    14: r"[01]", 15: r"[PTI]",
}  # fmt: skip
_GS_FORMS: Final = {4: r"\d{6}|\d{8}", 5: r"\d{4}|\d{6}|\d{7,8}", 6: r"\d{1,9}", 7: r"[XT]"}


@dataclass(slots=True)
class _Open:
    """A level of the envelope that has begun: its control number, and what has been counted in it."""

    control: str
    segment: int
    count: int = 0
    sign: str = ""
    controls: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Envelope:
    """What is open at a place in the file, and what was counted so far."""

    interchange: _Open | None = None
    group: _Open | None = None
    transaction: _Open | None = None
    interchanges: int = 0
    groups: int = 0
    transactions: int = 0
    segments: int = 0
    #: Of the interchange and of the group that are open: what the table of transactions says of them.
    _isa: tuple[str, ...] = ("", "", "", "")
    _gs: tuple[str, ...] = ("", "", "", "")
    _began: bool = False
    #: Whether it was told that what stands here is in no interchange.
    _outside: bool = False

    def read(self, block: Block, defects: Defects) -> Table:
        """Take in a block: note what is wrong with the envelope, and give its transactions as a table.

        Carried rows give rows of the table again, and are otherwise passed over.
        """
        parts = block.segments
        self._of_file(block, defects)
        rows = np.flatnonzero(np.isin(parts.ident, list(_NAMES)))
        before = parts.carried - 1
        found: list[tuple[int, tuple[str, ...]]] = []
        for row in rows.tolist():
            name = _NAMES[int(parts.ident[row])]
            if row >= parts.carried:
                self._gap(before, row, defects)
                self._take(name, parts, row, defects, block.kind.name)
                before = row
            if name == "ST":
                found.append((row, self._about(parts, row)))
        self._gap(before, len(parts), defects)
        self.segments += len(parts) - parts.carried
        return _table(parts, found)

    def end(self, defects: Defects) -> None:
        """At the end of the file: what was not ended."""
        last = len(defects.parts) - 1 if len(defects.parts) else None
        for level, name, element in (
            (self.transaction, "st-not-ended", "SE"), (self.group, "gs-not-ended", "GE"),
            (self.interchange, "isa-not-ended", "IEA"),
        ):  # fmt: skip
            if level is not None:
                defects.at(name, last, element)

    def _of_file(self, block: Block, defects: Defects) -> None:
        if not self._began:
            self._began = True
            if block.raw[:3] == b"\xef\xbb\xbf":
                defects.at("byte-order-mark", None, "ISA")
            if block.encoding != "ascii":
                defects.at("encoding-unusual", None, "ISA")
            if len(block.segments) and block.segments.ident[0] != NUMBER["ISA"]:
                defects.at("isa-missing", 0, "ISA")
                self._outside = True
                if block.segments.dialect.wrapped:
                    defects.at("lines-wrapped", None, "ISA")
        if block.preamble:
            defects.at("text-before-isa", 0 if len(block.segments) else None, "ISA", block.preamble)
        if block.empty:
            defects.at("segment-empty", None, "", block.empty)
        if block.unterminated and len(block.segments):
            defects.at("segment-not-ended", len(block.segments) - 1, block.segments.name(len(block.segments) - 1)[:3])

    def _gap(self, before: int, row: int, defects: Defects) -> None:
        """Segments between two of the envelope."""
        if row - before > 1 and self.transaction is None:
            defects.at("st-missing", before + 1, defects.parts.name(before + 1)[:3])

    def _take(self, name: str, parts: Segments, row: int, defects: Defects, kind: str) -> None:
        if name in {"GS", "ST"} and self.interchange is None and not self._outside:
            defects.at("isa-missing", row, "ISA")
            self._outside = True
        if name == "ISA":
            self._close(("transaction", "group", "interchange"), row, defects)
            self.interchanges += 1
            self._outside = False
            self.interchange = _Open(parts.string(row, 13).strip(), int(parts.number[row]))
            self._isa = tuple(parts.string(row, place).strip() for place in (6, 8, 13, 15))
            self._gs = ("", "", "", "")
            _isa(parts, row, defects)
        elif name == "GS":
            self._close(("transaction", "group"), row, defects)
            self.groups += 1
            if self.interchange:
                self.interchange.count += 1
            self.group = _Open(parts.string(row, 6).strip(), int(parts.number[row]), sign=parts.string(row, 1))
            self._gs = tuple(parts.string(row, place).strip() for place in (2, 3, 6, 8))
            for element, form in _GS_FORMS.items():
                if not re.fullmatch(form, parts.string(row, element).strip()):
                    defects.at("isa-element-invalid", row, f"GS{element:02d}", f"GS{element:02d}")
            if not _is_day(parts, row, 4):
                defects.at("isa-element-invalid", row, "GS04", "GS04")
        elif name == "ST":
            self._begin(parts, row, defects, kind)
        elif name in {"SE", "GE", "IEA"}:
            self._end(name, parts, row, defects)

    def _begin(self, parts: Segments, row: int, defects: Defects, kind: str) -> None:
        self._close(("transaction",), row, defects)
        self.transactions += 1
        control = parts.string(row, 2).strip()
        self.transaction = _Open(control, int(parts.number[row]))
        group = self.group
        if group is None:
            defects.at("gs-missing", row, "ST")
            return
        group.count += 1
        if control in group.controls:
            defects.at("st-control-repeated", row, "ST02")
        group.controls.add(control)
        wanted = _GROUPS.get(parts.string(row, 1))
        if wanted and group.sign != wanted:
            defects.at("gs-kind-mismatch", row, "GS01")
        guide, own = self._gs[3], parts.string(row, 3).strip()
        if own and guide and own != guide:
            defects.at("gs-guide-mismatch", row, "ST03")
        adopted = _ADOPTED.get(kind)
        if adopted and guide.startswith("005010") and guide != adopted and group.count == 1:
            defects.at("gs-guide-unusual", row, "GS08")

    def _end(self, name: str, parts: Segments, row: int, defects: Defects) -> None:
        field_name, control_element, mismatch, wrong = {
            "SE": ("transaction", 2, "st-control-mismatch", "st-segments-wrong"),
            "GE": ("group", 2, "gs-control-mismatch", "gs-transactions-wrong"),
            "IEA": ("interchange", 2, "isa-control-mismatch", "isa-groups-wrong"),
        }[name]
        if name != "SE":
            self._close(("transaction",) if name == "GE" else ("transaction", "group"), row, defects)
        level: _Open | None = getattr(self, field_name)
        if level is None:
            defects.at("end-without-begin", row, name, name)
            return
        counted = int(parts.number[row]) - level.segment + 1 if name == "SE" else level.count
        said = parts.string(row, 1).strip()
        if not said.isdecimal() or int(said) != counted:
            defects.at(
                wrong, row, f"{name}01", int(said) if said.isdecimal() and len(said) < 12 else "no count of", counted
            )
        if parts.string(row, control_element).strip() != level.control:
            defects.at(mismatch, row, f"{name}02")
        setattr(self, field_name, None)
        if name == "GE":
            self._gs = ("", "", "", "")

    def _close(self, levels: tuple[str, ...], row: int, defects: Defects) -> None:
        """What should have been ended before this row."""
        for level, name, element in (
            ("transaction", "st-not-ended", "SE"), ("group", "gs-not-ended", "GE"),
            ("interchange", "isa-not-ended", "IEA"),
        ):  # fmt: skip
            if level in levels and getattr(self, level) is not None:
                defects.at(name, row, element)
                setattr(self, level, None)

    def _about(self, parts: Segments, row: int) -> tuple[str, ...]:
        own = tuple(parts.string(row, place).strip() for place in (1, 2, 3))
        return (*own, *self._gs, *self._isa)


def _isa(parts: Segments, row: int, defects: Defects) -> None:
    if parts.dialect.wrapped:
        defects.at("lines-wrapped", row, "ISA")
    start, end = parts.element(np.full(len(ISA_LENGTHS), row), np.arange(1, len(ISA_LENGTHS) + 1))
    if (end - start != ISA_LENGTHS).any():
        defects.at("isa-not-padded", row, "ISA")
    if parts.dialect.declared:
        defects.at("component-separator-wrong", row, "ISA16")
    for element, form in _ISA_FORMS.items():
        if not re.fullmatch(form, parts.string(row, element).strip()):
            defects.at("isa-element-invalid", row, f"ISA{element:02d}", f"ISA{element:02d}")


def _is_day(parts: Segments, row: int, element: int) -> bool:
    start, end = parts.element(np.array([row]), element)
    if end[0] - start[0] != 8:
        return True
    return bool(days(parts.view, start, end)[0][0] != ABSENT)


_FIELDS: Final = (
    "set", "control_number", "guide", "group_sender", "group_receiver", "group_control_number", "group_guide",
    "sender", "receiver", "interchange_control_number", "usage",
)  # fmt: skip


def _table(parts: Segments, found: list[tuple[int, tuple[str, ...]]]) -> Table:
    rows = np.array([row for row, _ in found], dtype=np.int64)
    columns: dict[str, Column] = {"segment": parts.number[rows], "offset": parts.offset[rows]}
    for place, name in enumerate(_FIELDS):
        columns[name] = Text.of([about[place] for _, about in found])
    return Table(columns, rows.size, int(np.count_nonzero(rows < parts.carried)))
