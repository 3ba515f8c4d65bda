"""Reading X12: a file as a stream of chunks, each with its tables and defects, or whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from quarterhour.domain.money import Cents
from quarterhour.interchange.x12.blocks import BLOCK, LONGEST, Block, blocks
from quarterhour.interchange.x12.claims import claim_tables
from quarterhour.interchange.x12.columns import Table, join_tables
from quarterhour.interchange.x12.conformance import State, conform
from quarterhour.interchange.x12.defects import Defect, Defects
from quarterhour.interchange.x12.dialect import Dialect
from quarterhour.interchange.x12.envelope import Envelope
from quarterhour.interchange.x12.frame import Frame
from quarterhour.interchange.x12.guide import guide
from quarterhour.interchange.x12.kinds import CLAIM_KINDS, ENVELOPE, Kind
from quarterhour.interchange.x12.lists import Lists
from quarterhour.interchange.x12.loops import place
from quarterhour.interchange.x12.remittances import remittance_tables
from quarterhour.interchange.x12.responses import acknowledgement_tables, interchange_acknowledgements, status_tables
from quarterhour.interchange.x12.segments import NUMBER, Segments
from quarterhour.interchange.x12.source import Source
from quarterhour.interchange.x12.values import IntArray

#: SNIP types up to which a file is looked at when nothing else is said; 0 makes tables and looks at the envelope.
SNIP: Final = 7
_NONE: Final = Cents(0)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a file: whole claims of one kind of transaction.

    ``tables`` hold the rows of this part; rows that were carried from before (``Table.carried``) are there so that
    references need not leave the chunk. ``raw`` is the part's bytes as they stand in the file.
    """

    kind: Kind
    dialect: Dialect
    tables: dict[str, Table]
    defects: Defects
    raw: bytes
    segments: Segments
    encoding: str = "ascii"
    #: The byte order mark that ``raw`` begins with.
    mark: bytes = b""

    @property
    def claims(self) -> int:
        """Claims, or claims paid, of this part."""
        table = self.tables.get("claims")
        return table.rows - table.carried if table else 0


@dataclass(slots=True)
class Summary:
    """What was counted in a file. Charges and payments are cents."""

    kinds: dict[str, int] = field(default_factory=dict)
    interchanges: int = 0
    groups: int = 0
    transactions: int = 0
    segments: int = 0
    claims: int = 0
    lines: int = 0
    charge: Cents = _NONE
    line_charge: Cents = _NONE
    paid: Cents | None = None
    payment: Cents | None = None
    defects: dict[str, int] = field(default_factory=dict)

    def count(self, chunk: Chunk) -> None:
        """Take in a chunk."""
        for name, count in chunk.defects.counts().items():
            self.defects[name] = self.defects.get(name, 0) + count
        if chunk.kind.name == ENVELOPE:
            return
        self.kinds.setdefault(chunk.kind.name, 0)
        claims, lines = chunk.tables.get("claims"), chunk.tables.get("lines")
        if claims is None or lines is None:
            return
        self.kinds[chunk.kind.name] += claims.rows - claims.carried
        self.claims += claims.rows - claims.carried
        self.lines += lines.rows - lines.carried
        self.charge = Cents(self.charge + claims.own_sum("charge"))
        self.line_charge = Cents(self.line_charge + lines.own_sum("charge"))
        payments = chunk.tables.get("payments")
        if payments is not None:
            self.paid = Cents((self.paid or 0) + claims.own_sum("paid"))
            self.payment = Cents((self.payment or 0) + payments.own_sum("amount"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file: tables by kind of transaction, what was counted, every defect, and its bytes."""

    tables: dict[str, dict[str, Table]]
    summary: Summary
    defects: list[Defect]
    chunks: list[Chunk]

    @property
    def kinds(self) -> list[str]:
        """The kinds of transaction in the file, in order of their first."""
        return list(self.summary.kinds) or [ENVELOPE]


def stream(
    source: Source, *, size: int = BLOCK, longest: int = LONGEST, snip: int = SNIP, lists: Lists | None = None,
    summary: Summary | None = None,
) -> Iterator[Chunk]:  # fmt: skip
    """Read a file part by part; memory is set by ``size`` and not by the file.

    Args:
        source: bytes, a path or a binary stream.
        size: bytes read for a part.
        longest: bytes that one claim or segment may have.
        snip: SNIP types to look for, up to this one. 0 makes the tables and looks at the envelope only.
        lists: code lists to look codes up in; those of this package if none.
        summary: filled while reading, if given.

    Raises:
        NotX12: if no X12 segment can be found.
        TooLong: if a claim or segment is longer than ``longest``.
        OSError: if the path cannot be read.

    """
    envelope, state = Envelope(), State(lists)
    before: Chunk | None = None
    for block in blocks(source, size, longest):
        if before is not None:
            yield before
        before = _chunk(block, envelope, state, snip)
        if summary is not None:
            summary.count(before)
            summary.interchanges, summary.groups = envelope.interchanges, envelope.groups
            summary.transactions, summary.segments = envelope.transactions, envelope.segments
    if before is not None:
        known = len(before.defects)
        envelope.end(before.defects)
        if summary is not None:
            for defect in before.defects.plain[len(before.defects.plain) - (len(before.defects) - known) :]:
                summary.defects[defect.name] = summary.defects.get(defect.name, 0) + 1
        yield before


def read(source: Source, *, size: int = BLOCK, snip: int = SNIP, lists: Lists | None = None) -> Reading:
    """Read a whole file. For files that do not fit in memory use :func:`stream`.

    Raises:
        NotX12: if no X12 segment can be found.
        OSError: if the path cannot be read.

    """
    summary = Summary()
    chunks = list(stream(source, size=size, snip=snip, lists=lists, summary=summary))
    by_kind: dict[str, list[dict[str, Table]]] = {}
    for chunk in chunks:
        by_kind.setdefault(chunk.kind.name, []).append(chunk.tables)
    tables = {kind: join_tables(parts) for kind, parts in by_kind.items()}
    return Reading(tables, summary, [defect for chunk in chunks for defect in chunk.defects.records()], chunks)


def write(reading: Reading | Chunk) -> bytes:
    """The bytes of what was read, every one of them as it stood."""
    if isinstance(reading, Chunk):
        return reading.raw
    return b"".join(chunk.raw for chunk in reading.chunks)


def _chunk(block: Block, envelope: Envelope, state: State, snip: int) -> Chunk:
    parts = block.segments
    known = guide(block.kind.name)
    loops = place(parts, known) if known else None
    defects = Defects(parts, loops)
    tables = {"transactions": envelope.read(block, defects)}
    if loops is not None:
        frame = Frame(parts, loops)
        tables |= _tables(frame, block.kind.name, _transaction(parts))
        if parts.rows("TA1").size:
            tables["interchanges"] = interchange_acknowledgements(frame)
        conform(frame, block.kind, tables, defects, state, snip)
    elif parts.rows("TA1").size:
        tables["interchanges"] = interchange_acknowledgements(Frame(parts, place(parts, _ANY)))
    return Chunk(block.kind, parts.dialect, tables, defects, block.raw, parts, block.encoding, block.mark)


def _tables(frame: Frame, kind: str, transaction: IntArray) -> dict[str, Table]:
    if kind in CLAIM_KINDS:
        return claim_tables(frame, kind, transaction)
    if kind == "835":
        return remittance_tables(frame, transaction)
    if kind in {"277CA", "277"}:
        return status_tables(frame, transaction)
    return acknowledgement_tables(frame, transaction)


def _transaction(parts: Segments) -> IntArray:
    """For every row the segment number of its ST; 0 before the first."""
    starts = np.flatnonzero(parts.ident == NUMBER["ST"])
    numbers = np.concatenate([np.zeros(1, dtype=np.int64), parts.number[starts]])
    found: IntArray = numbers[np.cumsum(parts.ident == NUMBER["ST"])]
    return found


_KNOWN: Final = guide("999")
assert _KNOWN is not None  # noqa: S101
_ANY: Final = _KNOWN
