"""Where in a JSON text the value of a JSON pointer stands, so that a message can say line and column."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

_PIECE: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


class _Open(msgspec.Struct):
    """An object or list that has begun; ``key`` is the member that comes next, ``at`` where its key stands."""

    pointer: str
    is_list: bool
    key: str = ""
    at: int = 0
    count: int = 0


def escaped(key: str) -> str:
    """A key as it stands in a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def lines_and_columns(text: str, at: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """The line and column of many characters at once, by name: the lines are counted once."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    lines = {name: bisect.bisect_right(starts, offset) for name, offset in at.items()}
    return {name: (line, at[name] - starts[line - 1] + 1) for name, line in lines.items()}


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column of a character, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def offsets(text: str, pointers: Iterable[str]) -> dict[str, int]:
    """The offsets of the values (of a member: of its key) that the pointers name, in a text that is valid JSON.

    A pointer that names nothing is left out.
    """
    wanted = set(pointers)
    found: dict[str, int] = {}
    begun: list[_Open] = []

    def value_at(offset: int) -> str:
        """The pointer of the value that begins here."""
        if not begun:
            pointer, place = "", offset
        elif begun[-1].is_list:
            pointer, place = f"{begun[-1].pointer}/{begun[-1].count}", offset
        else:
            pointer, place = f"{begun[-1].pointer}/{begun[-1].key}", begun[-1].at
        if pointer in wanted:
            found.setdefault(pointer, place)
        return pointer

    expects_key = False
    for match in _PIECE.finditer(text):
        piece, offset = match[0], match.start()
        if piece in "{[":
            begun.append(_Open(value_at(offset), piece == "["))
            expects_key = piece == "{"
        elif piece in "}]":
            begun.pop()
            expects_key = False
        elif piece == ",":
            begun[-1].count += 1
            expects_key = not begun[-1].is_list
        elif expects_key:
            begun[-1].key, begun[-1].at = escaped(_unquoted(piece)), offset
            expects_key = False
        elif piece != ":":
            value_at(offset)
        if len(found) == len(wanted):
            break
    return found


def elements(text: str, pointers: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Begin and end of every element of the lists of plain values that pointers name, in a text that is valid JSON.

    The key of a list, where it has one, has no bracket in it. A pointer that names nothing is left out.
    """
    return {pointer: list(_elements_from(text, place)) for pointer, place in offsets(text, pointers).items()}


def _elements_from(text: str, place: int) -> Iterator[tuple[int, int]]:
    for match in _PIECE.finditer(text, text.index("[", place) + 1):
        if match[0] == "]":
            return
        if match[0] != ",":
            yield match.span()


def _unquoted(piece: str) -> str:
    """The key of a piece between quotes."""
    if "\\" not in piece:
        return piece[1:-1]
    import json

    return str(json.loads(piece))
