"""Where answers and messages go: answers to standard output or a file, messages to standard error."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TextIO

#: A piece of a line and its style; an empty style is plain.
Piece = tuple[str, str]
Line = list[Piece]
#: Text that goes to no terminal is as wide as this.
_WIDE: Final = 100
_WIDEST: Final = 120
#: So many names stand for all of a list.
_SOME: Final = 3
#: So many slips of a file are told one by one.
_MOST: Final = 25


def message(text: str) -> None:
    """A line on standard error. Where whoever read it has gone nothing is said any more; the work goes on."""
    try:
        print(visible(text), file=sys.stderr, flush=True)  # noqa: T201
    except BrokenPipeError:
        silence(sys.stderr)


def tell_unread(errors: Iterable[Mapping[str, Any]]) -> None:
    """What could not be read, with its place, on standard error; of a file with thousands of slips the first."""
    told: Counter[str | None] = Counter()
    for error in errors:
        told[error["path"]] += 1
        if told[error["path"]] > _MOST:
            continue
        place = "".join(f":{error[key]}" for key in ("line", "column") if error[key])
        pointer = f" {error['pointer']}:" if error["pointer"] else ""
        message(f"{error['path']}{place}:{pointer} {error['message']}")
    for path, number in told.items():
        if number > _MOST:
            message(f"{path}: and {number - _MOST} more; --format json has all")


def some_of(names: Sequence[str]) -> str:
    """The first of some names, and a sign where there are more."""
    return ", ".join(names[:_SOME]) + (", ..." if len(names) > _SOME else "")


def silence(stream: TextIO) -> None:
    """Send the rest of a stream nobody reads to nowhere: what is left in its buffer must not raise again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def write(text: str, file: Path | None = None) -> None:
    """An answer, to standard output or a file.

    Raises:
        OSError: if the file cannot be written.

    """
    write_pieces([text], file)


def write_pieces(pieces: Iterable[str], file: Path | None = None) -> None:
    """An answer as its pieces come; as :func:`write`."""
    if file is not None:
        with file.open("w", encoding="utf-8", newline="") as out:
            _write_all(pieces, out)
        return
    if sys.stdout.encoding.lower().replace("-", "") != "utf8" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    _write_all(pieces, sys.stdout)
    sys.stdout.flush()


def _write_all(pieces: Iterable[str], out: TextIO) -> None:
    """Write the pieces, and a line's end where they have none."""
    last = ""
    for piece in pieces:
        out.write(piece)
        last = piece or last
    if not last.endswith("\n"):
        out.write("\n")


def write_json(answer: Mapping[str, Any], file: Path | None = None) -> None:
    """An answer as one JSON document."""
    write(as_json(answer), file)


def as_json(answer: Mapping[str, Any]) -> str:
    """An answer as JSON text."""
    from quarterhour.domain.json import dumps

    return dumps(answer, indent=2)


def write_lines(lines: Iterable[Line], file: Path | None = None) -> None:
    """Lines of text: with colour on a terminal, plain everywhere else."""
    if file is None and coloured():
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False, soft_wrap=True)
        for line in lines:
            console.print(Text.assemble(*((visible(text), style) for text, style in line)))
        return
    write_pieces(("".join(visible(text) for text, _ in line).rstrip() + "\n" for line in lines), file)


def coloured() -> bool:
    """Whether standard output is a terminal that wants colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """How wide text may be."""
    return min(shutil.get_terminal_size((_WIDE, 24)).columns, _WIDEST)


def wrapped(text: str, indent: str = "", *, first: str | None = None, style: str = "") -> Iterator[Line]:
    """A paragraph in lines as wide as the output; ``first`` stands before its first line instead of ``indent``."""
    begin = indent if first is None else first
    room = max(width(), len(indent) + 20)
    parts = textwrap.wrap(
        text, room, initial_indent=begin, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return ([(part, style)] for part in parts or [begin])


def visible(text: str) -> str:
    """A text without control characters: what stands in a record must not steer a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in text)
