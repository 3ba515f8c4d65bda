"""Bytes of a file in pieces, ASCII-compatible whatever its encoding, and places in them as places in the file."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np

from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.x12.dialect import HEAD, encoding_of
from quarterhour.interchange.x12.values import Bytes, IntArray

Source = bytes | bytearray | memoryview | str | Path | BinaryIO
#: UTF-8 begins a character with any byte but one of these.
_CONTINUES, _CONTINUES_MASK = 0x80, 0xC0
_FOUR_BYTES = 0xF0


@dataclass(slots=True)
class Reader:
    """Reads a source piece by piece. ``mark`` is the length of its byte order mark, which is left out of the pieces."""

    stream: BinaryIO
    encoding: str
    mark: bytes
    _ahead: bytes
    _back: bytes
    _decoder: codecs.IncrementalDecoder | None
    _stack: ExitStack = field(default_factory=ExitStack)

    def read(self, size: int) -> bytes:
        """The next bytes, about ``size`` of them; none at the end."""
        if self._back:
            back, self._back = self._back[:size], self._back[size:]
            return back
        while True:
            raw, self._ahead = self._ahead, b""
            raw += self.stream.read(max(size - len(raw), 1))
            if self._decoder is None:
                return raw
            try:
                text = self._decoder.decode(raw)
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"bytes that are not {self.encoding}, as the begin of the file says they are"
                ) from error
            if text or not raw:
                return text.encode("utf-8", "surrogatepass")

    def put_back(self, piece: bytes) -> None:
        """Give back what was read too much; it is read next."""
        self._back = piece + self._back

    def tail(self) -> bytes:
        """At the end: bytes of half a character, which are kept and otherwise left alone."""
        return self._decoder.getstate()[0] if self._decoder else b""

    def encode(self, piece: bytes) -> bytes:
        """A piece as it stood in the file."""
        if self._decoder is None:
            return piece
        return piece.decode("utf-8", "surrogatepass").encode(self.encoding, "surrogatepass")

    def lengths(self, piece: Bytes) -> IntArray:
        """How many bytes of the file each byte of a piece stands for."""
        begins = (piece & _CONTINUES_MASK) != _CONTINUES
        width = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}.get(self.encoding, 1)
        found: IntArray = begins * width + ((piece >= _FOUR_BYTES) * width if width == 2 else 0)
        return found

    def close(self) -> None:
        """Close the source, if it was opened here."""
        self._stack.close()


def open_source(source: Source) -> Reader:
    """Bytes, a path or a binary stream, ready to be read.

    Raises:
        OSError: if the path cannot be opened.

    """
    stack = ExitStack()
    if isinstance(source, str | Path):
        stream: BinaryIO = stack.enter_context(Path(source).open("rb"))  # noqa: SIM115  (closed with the reader)
    elif isinstance(source, bytes | bytearray | memoryview):
        import io

        stream = io.BytesIO(source)
    else:
        stream = source
    head = stream.read(HEAD)
    encoding, length = encoding_of(head)
    decoder = None
    if encoding != "ascii":
        decoder = codecs.getincrementaldecoder(encoding)("surrogatepass" if encoding != "cp037" else "strict")
    return Reader(stream, encoding, head[:length], head[length:], b"", decoder, stack)


def pieces(reader: Reader, size: int) -> Iterator[bytes]:
    """The rest of a source in pieces of about ``size`` bytes."""
    while piece := reader.read(size):
        yield piece


def file_places(reader: Reader, block: Bytes, places: IntArray, base: int) -> IntArray:
    """Places in a block as places in the file, where the block's first byte is byte ``base`` of the file."""
    if reader.encoding == "ascii":
        return places + base
    widths = np.zeros(block.size + 1, dtype=np.int64)
    np.cumsum(reader.lengths(block), out=widths[1:])
    return widths[places] + base
