"""A file in blocks of whole claims, so that memory is set by the size of a block and not by the file.

A block is cut where a claim, a loop above the claims or a part of the envelope begins. What stands above the cut and
holds below it (the envelope's first segments, the header, the open HL loops) is *carried*: its bytes stand again at
the front of the next block, under the segment numbers they have in the file, so that each block can be read by itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from quarterhour.interchange.x12.dialect import HEAD, Dialect, discover, isa_dialect
from quarterhour.interchange.x12.errors import NotX12, TooLong
from quarterhour.interchange.x12.kinds import CLAIM_KINDS, ENVELOPE, Kind, transactions
from quarterhour.interchange.x12.segments import BETWEEN, NUMBER, Codes, Segments, split, terminated
from quarterhour.interchange.x12.source import Reader, Source, file_places, open_source
from quarterhour.interchange.x12.values import MARGIN, IntArray, key
from quarterhour.interchange.x12.wrapping import kept_places, unwrapped

#: Bytes read for a block, and the most that one claim or loop may have.
BLOCK: Final = 1 << 21
LONGEST: Final = 1 << 26
#: Segments a block may be cut before.
_UNITS: Final = np.zeros(256, dtype=np.bool_)
_UNITS[
    [
        NUMBER[name]
        for name in ("ISA", "GS", "ST", "SE", "GE", "IEA", "TA1", "HL", "CLM", "CLP", "PLB", "AK2", "AK9", "INS")
    ]
] = True
#: Segments that end a transaction's header.
_BODY: Final = np.zeros(256, dtype=np.bool_)
_BODY[[NUMBER[name] for name in ["HL", "LX", "CLM", "CLP", "AK2", "SE", "GE", "IEA", "INS"]]] = True
#: How far down the levels of HL03 stand; a level holds until one as high begins.
_RANKS: Final = {"20": 0, "21": 1, "19": 2, "22": 3, "23": 4, "PT": 4}
_LOWEST_RANK: Final = 5
_KEPT_KINDS: Final = (*CLAIM_KINDS, "835", "277CA", "277", "999", "997")


@dataclass(frozen=True, slots=True)
class Block:
    """Segments of one kind of transaction. ``empty`` is how many empty segments were passed over."""

    segments: Segments
    kind: Kind
    raw: bytes
    encoding: str
    empty: int = 0
    unterminated: bool = False
    preamble: int = 0
    #: The byte order mark that stands before, which is of ``raw`` and not of the segments.
    mark: bytes = b""


@dataclass(frozen=True, slots=True)
class _Carried:
    """Segments given again: their bytes, numbers and places in the file."""

    data: bytes
    number: IntArray
    offset: IntArray


@dataclass(frozen=True, slots=True)
class _Pending:
    """Bytes that were read and not yet given: as they stand in the file, and as text without its wrapping."""

    raw: bytes
    body: bytes
    kept: IntArray | None
    #: Bytes of ``body`` that stand before the first segment.
    skip: int

    @staticmethod
    def of(raw: bytes, dialect: Dialect, skip: int) -> _Pending:
        """Of bytes that are written so; the first ``skip`` of them are no segments."""
        if not dialect.wrapped:
            return _Pending(raw, raw, None, skip)
        return _Pending(raw, unwrapped(raw), kept_places(raw), len(unwrapped(raw[:skip])))

    def places(self, at: IntArray) -> IntArray:
        """Places in ``body`` as places in ``raw``."""
        return at if self.kept is None else self.kept[at]

    def place(self, at: int) -> int:
        """One place in ``body`` as a place in ``raw``."""
        return at if self.kept is None else int(self.kept[at])


_NOTHING: Final = _Carried(b"", np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def blocks(source: Source, size: int = BLOCK, longest: int = LONGEST) -> Iterator[Block]:
    """The blocks of a file, in order; their ``raw`` bytes one after the other are the file.

    Args:
        source: bytes, a path or a binary stream.
        size: bytes read for a block.
        longest: bytes that one claim or segment may have.

    Raises:
        NotX12: if no X12 segment can be found.
        TooLong: if a claim or segment is longer than ``longest``.

    """
    reader = open_source(source)
    try:
        yield from _blocks(reader, size, longest)
    finally:
        reader.close()


def _blocks(reader: Reader, size: int, longest: int) -> Iterator[Block]:
    pending = reader.read(HEAD)
    if not pending.strip():
        raise NotX12("the file is empty")
    dialect, skip = discover(pending)
    reader.put_back(pending[max(size, skip + 1) :])
    pending = pending[: max(size, skip + 1)]
    carried, number, base, mark, wanted = _NOTHING, 1, len(reader.mark), reader.mark, size
    final = False
    while True:
        while not final and len(pending) < wanted:
            piece = reader.read(wanted - len(pending))
            final = not piece
            pending += piece
        if not pending:
            return
        text = _Pending.of(pending, dialect, skip)
        part, empty = split(carried.data + text.body, dialect, final=final, skip=text.skip)
        part = _placed(reader, part, carried, number, base, text)
        switch, other = _other_dialect(part, text, carried)
        row = switch if switch is not None else len(part) if final else _cut(part)
        if row is None or (row <= carried.number.size and switch is None and not final):
            if wanted >= longest:
                raise TooLong(f"a claim or segment longer than {longest} bytes at byte {base}")
            wanted = min(wanted * 4, longest)
            continue
        whole = final and switch is None
        stop = part.stop if whole else _stop(part, row)
        done = text.place(stop - MARGIN - len(carried.data))
        raw, pending = pending[:done], pending[done:]
        ended = whole and not terminated(raw, dialect)
        block = Block(
            replace(_rows(part, 0, row), start=MARGIN + len(carried.data), stop=stop),
            Kind(ENVELOPE), mark + reader.encode(raw) + (reader.tail() if whole else b""), reader.encoding,
            int(np.count_nonzero(empty < stop)), ended, skip, mark,
        )  # fmt: skip
        yield from _of_kinds(block, text, reader)
        base += len(reader.encode(raw)) if reader.encoding != "ascii" else done
        number += row - carried.number.size
        carried = _NOTHING if switch is not None else _carry(part, row)
        dialect, mark, skip, wanted = other if switch is not None else dialect, b"", 0, size
        if whole:
            return


def _placed(
    reader: Reader, part: Segments, carried: _Carried, number: int, base: int, text: _Pending
) -> Segments:  # fmt: skip
    """The segments with their numbers and places in the file."""
    count = carried.number.size
    own = part.begin[count:] - MARGIN - len(carried.data)
    offset = file_places(reader, np.frombuffer(text.raw, dtype=np.uint8), text.places(own), base)
    return replace(
        part,
        number=np.concatenate([carried.number, np.arange(number, number + own.size)]),
        offset=np.concatenate([carried.offset, offset]),
        carried=count,
    )


def _other_dialect(part: Segments, text: _Pending, carried: _Carried) -> tuple[int | None, Dialect]:
    """The row of the first ISA, other than one the block begins with, that brings other separators."""
    first = carried.number.size
    begins = part.view[part.begin] & np.uint64(0xFFFFFF)
    isa = np.flatnonzero((begins == key("ISA")) | (begins == key("isa")))
    isa = isa[isa > (0 if not first else first - 1)]
    at = text.places(part.begin[isa] - MARGIN - len(carried.data)).tolist()
    for row, (begin, end) in zip(isa.tolist(), itertools.pairwise([*at, len(text.raw)]), strict=True):
        own = text.raw[begin : min(end, begin + HEAD)]
        if begin > 0 and not own[3:4].isalnum():
            other = isa_dialect(own, wrapped=part.dialect.wrapped)
            if not other.splits_as(part.dialect):
                return row, other
    tail = text.body[text.body.rfind(part.dialect.terminator) + 1 :].lstrip(bytes(np.flatnonzero(BETWEEN).tolist()))
    if tail[:3] in {b"ISA", b"isa"} and len(tail) > 106 and not tail[3:4].isalnum() and len(tail) < len(text.body):
        own = text.raw[text.place(len(text.body) - len(tail)) :][:HEAD]
        other = isa_dialect(own, wrapped=part.dialect.wrapped)
        if not other.splits_as(part.dialect):
            return len(part), other
    return None, part.dialect


def _cut(part: Segments) -> int | None:
    """The row to cut before, if there is one: the last that begins something."""
    units = np.flatnonzero(_UNITS[part.ident])
    if units.size and units[-1] > part.carried:
        return int(units[-1])
    known = transactions(part)
    if known and known[-1][1].name not in _KEPT_KINDS and len(part) > part.carried + 1:
        return len(part) - 1
    return None


def _stop(part: Segments, row: int) -> int:
    """The position after the terminator of the row before."""
    return int(part.marks[part.last[row - 1]]) + 1 if row else MARGIN


def _rows(part: Segments, start: int, stop: int) -> Segments:
    """Some rows of a block as a block of its own."""
    return replace(
        part,
        first=part.first[start:stop], last=part.last[start:stop], begin=part.begin[start:stop],
        ident=part.ident[start:stop], number=part.number[start:stop], offset=part.offset[start:stop],
        carried=max(part.carried - start, 0),
    )  # fmt: skip


def _of_kinds(block: Block, text: _Pending, reader: Reader) -> Iterator[Block]:
    """A block cut where the kind of transaction changes; ``text`` is what it was split from."""
    part = block.segments
    known = transactions(part)
    if not known:
        yield block
        return
    changes = [at for at in range(1, len(known)) if known[at][1] != known[at - 1][1]]
    if not changes:
        yield replace(block, kind=known[0][1])
        return
    rows = [0, *(_with_envelope(part, known[at][0]) for at in changes), len(part)]
    kinds = [known[0][1], *(known[at][1] for at in changes)]
    mark, empty, before, begin, given = block.mark, block.empty, part.start, 0, 0
    for place, kind in enumerate(kinds):
        last = place == len(kinds) - 1
        if rows[place + 1] <= part.carried and not last:
            continue
        stop = part.stop if last else _stop(part, rows[place + 1])
        end = text.place(stop - part.start)
        raw = block.raw[given:] if last else mark + reader.encode(text.raw[begin:end])
        piece = replace(_rows(part, rows[place], rows[place + 1]), start=before, stop=stop)
        yield replace(block, segments=piece, kind=kind, raw=raw, empty=empty, mark=mark)
        mark, empty, before, begin, given = b"", 0, stop, end, given + len(raw)


def _with_envelope(part: Segments, row: int) -> int:
    """The row of the envelope segments that stand directly before a transaction, or its own."""
    while row > 0 and part.ident[row - 1] in {NUMBER["GS"], NUMBER["ISA"]}:
        row -= 1
    return row


def _carry(part: Segments, row: int) -> _Carried:
    """What holds below the cut before ``row``."""
    kept: list[int] = []
    ident = part.ident[:row]
    isa, group, start = (_last(ident, NUMBER[name]) for name in ("ISA", "GS", "ST"))
    ends = [_last(ident, NUMBER[name]) for name in ("SE", "GE", "IEA")]
    kept += [at for at, end in ((isa, ends[2]), (group, max(ends[1:]))) if at > end]
    closed = max(isa, group, *ends)
    if closed >= start:
        # Where ST is missing, its segments follow what stands before them all the same.
        start = closed + 1
    if start < row:
        first = start + int(ident[start] == NUMBER["ST"])
        body = np.flatnonzero(_BODY[ident[first:]])
        kept += range(start, first + int(body[0]) if body.size else row)
        if body.size:
            kept += _open_loops(part, start, row)
    rows = np.array(sorted(set(kept)), dtype=np.int64)
    pieces = [part.block[part.begin[at] : part.marks[part.last[at]] + 1].tobytes() for at in rows.tolist()]
    if part.dialect.terminator == ord("\n"):
        pieces = [piece.rstrip(b"\r\n") + b"\n" for piece in pieces]
    return _Carried(b"".join(pieces), part.number[rows], part.offset[rows])


def _last(ident: Codes, number: int) -> int:
    """The last row of one segment id; -1 if there is none."""
    at = np.flatnonzero(ident == number)
    return int(at[-1]) if at.size else -1


def _open_loops(part: Segments, start: int, row: int) -> list[int]:
    """The rows of the HL loops, or of the LX loop of a remittance, that are open before ``row``."""
    units = np.append(np.flatnonzero(_UNITS[part.ident[:row]]), row)
    levels = np.flatnonzero(part.ident[start:row] == NUMBER["HL"]) + start
    if levels.size:
        texts = part.short(levels, 3)
        ranks = np.full(levels.size, _LOWEST_RANK)
        for text, rank in _RANKS.items():
            ranks[texts == text.encode()] = rank
        kept: list[int] = []
        at: int | None = levels.size - 1
        while at is not None:
            begin = int(levels[at])
            kept += range(begin, int(units[np.searchsorted(units, begin, side="right")]))
            above = np.flatnonzero(ranks[:at] < ranks[at])
            at = int(above[-1]) if above.size else None
        return kept
    sets = np.flatnonzero(part.ident[start:row] == NUMBER["LX"]) + start
    if sets.size and not (part.ident[start:row] == NUMBER["CLM"]).any():
        begin = int(sets[-1])
        return list(range(begin, int(units[np.searchsorted(units, begin, side="right")])))
    return []
