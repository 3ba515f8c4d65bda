"""Elements of a file replaced, and nothing else: every other byte stays as it stood, and each change is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quarterhour.interchange.x12.columns import decode
from quarterhour.interchange.x12.errors import CannotWrite
from quarterhour.interchange.x12.reader import Chunk, Reading
from quarterhour.interchange.x12.values import MARGIN


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to stand in an element: ``segment`` is its number in the file, ``component`` 0 the whole element."""

    segment: int
    element: int
    text: str
    component: int = 0


@dataclass(frozen=True, slots=True)
class Amended:
    """A change that was made. ``offset`` is the byte of the file as it was read that the segment begins at."""

    segment: int
    offset: int
    element: str
    before: str
    after: str


def amend(reading: Reading, amendments: Sequence[Amendment]) -> tuple[bytes, list[Amended]]:
    """The bytes of what was read with some elements replaced, and the ledger of what was changed.

    A text that stood in lines which end inside segments is written without these line breaks, as they would not stand
    at their width any more.

    Raises:
        CannotWrite: if there is no such segment or component, or a text holds a separator of the file.

    """
    wanted: dict[int, list[Amendment]] = {}
    for amendment in amendments:
        wanted.setdefault(amendment.segment, []).append(amendment)
    ledger: list[Amended] = []
    pieces = [_of_chunk(chunk, wanted, ledger) for chunk in reading.chunks]
    for left in wanted:
        raise CannotWrite(f"segment {left}", "there is no such segment")
    return b"".join(pieces), ledger


def _of_chunk(chunk: Chunk, wanted: dict[int, list[Amendment]], ledger: list[Amended]) -> bytes:
    parts = chunk.segments
    rows = [row for row in range(parts.carried, len(parts)) if int(parts.number[row]) in wanted]
    if not rows and not chunk.dialect.wrapped:
        return chunk.raw
    edits: list[tuple[int, int, bytes]] = []
    for row in rows:
        edits += [_edit(chunk, row, amendment, ledger) for amendment in wanted.pop(int(parts.number[row]))]
    # A file in another encoding is worked on as UTF-8; its byte order mark stands before.
    made, at = [], parts.start
    for start, end, text in sorted(edits):
        made += [parts.block[at:start].tobytes(), text]
        at = end
    made.append(parts.block[at : parts.stop].tobytes())
    return chunk.mark + _encoded(chunk, b"".join(made))


def _encoded(chunk: Chunk, body: bytes) -> bytes:
    if chunk.encoding == "ascii":
        return body
    return body.decode("utf-8", "surrogatepass").encode(chunk.encoding, "surrogatepass")


def _edit(chunk: Chunk, row: int, amendment: Amendment, ledger: list[Amended]) -> tuple[int, int, bytes]:
    """Start, end and new bytes of one change; separators are added where the segment is shorter."""
    parts, dialect = chunk.segments, chunk.dialect
    text = amendment.text.encode()
    signs = {dialect.element, dialect.terminator} | ({dialect.component} if amendment.component else set())
    name = f"{parts.name(row)}{amendment.element:02d}" + (f"-{amendment.component}" if amendment.component else "")
    if signs & set(text) or any(byte < ord(" ") for byte in text):
        raise CannotWrite(name, "the text holds a separator of the file or a control character")
    count = int(parts.last[row] - parts.first[row])
    if amendment.element > count:
        at = int(parts.marks[parts.last[row]])
        ledger.append(Amended(amendment.segment, int(parts.offset[row]), name, "", amendment.text))
        before = bytes([dialect.component]) * max(amendment.component - 1, 0)
        return at, at, bytes([dialect.element]) * (amendment.element - count) + before + text
    start, end = (int(edge[0]) for edge in parts.element(np.array([row]), amendment.element))
    if amendment.component:
        own = bytes([dialect.component])
        components = parts.block[start:end].tobytes().split(own)
        if amendment.component > len(components):
            raise CannotWrite(name, "there is no such component")
        start += sum(len(each) + 1 for each in components[: amendment.component - 1])
        end = start + len(components[amendment.component - 1])
    before_text = decode(parts.block[max(start, MARGIN) : end].tobytes())
    ledger.append(Amended(amendment.segment, int(parts.offset[row]), name, before_text, amendment.text))
    return start, end, text
