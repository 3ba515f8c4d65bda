"""An implementation guide as numbers: loops, the segments each may hold, and what their elements must be.

The guides stand in ``guides/*.txt``, one line a loop or a segment:

- ``let name words`` gives a name to words that ``$name`` stands for below;
- ``loop NAME PARENTS ANCHOR[:QUALIFIERS] R|S MOST`` begins a loop; the qualifiers are those of the anchor's first
  element (HL: third);
- ``SEGMENT R|S MOST ELEMENTS`` is a segment of the loop; ``3R`` is an element that must be there, ``5`` one that may,
  ``8R=PI,XV`` one with these codes; elements that do not stand are not used. ``1R=A|B`` means a segment of its own for
  each. Several lines of one segment id are told apart by the codes of their first element.

``elements.txt`` has the type and length of every element, whatever the guide.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.interchange.x12.segments import NUMBER
from quarterhour.interchange.x12.values import IntArray, key

#: Kinds that have a guide, and its file.
FILES: Final = {
    "837P": "837p",
    "837I": "837i",
    "837D": "837p",
    "835": "835",
    "277CA": "277ca",
    "277": "277ca",
    "999": "999",
    "997": "999",
}
#: Kinds whose guide is only used to find loops: there is no table of what it demands.
LOOPS_ONLY: Final = ("837D", "277", "997")
#: Segments that begin a loop which others lie in.
MAJOR: Final = ("ST", "HL", "CLM", "SBR", "LX", "CLP", "AK2", "IK3", "PLB")
#: Elements of a segment that are looked at; none in use has more.
PLACES: Final = 25
_MANY: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop: ``parents`` are numbers of loops; ``depth`` 0 is the transaction."""

    name: str
    parents: tuple[int, ...]
    anchor: str
    qualifiers: tuple[str, ...]
    required: bool
    most: int
    depth: int


@dataclass(frozen=True, slots=True)
class Row:
    """A segment a loop may hold: its codes by element, as keys."""

    loop: int
    segment: str
    qualifiers: tuple[str, ...]
    required: bool
    most: int
    elements: dict[int, tuple[bool, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything of a guide. Loop 0 is one that is not known; so is row 0."""

    kind: str
    loops: tuple[Loop, ...]
    rows: tuple[Row, ...]
    #: (loop, segment) -> place in the order of the loop's segments; 0 where it may not stand.
    order: NDArray[np.int16]
    #: Sorted ``loop << 32 | segment << 24 | qualifier`` of rows told apart by a qualifier, and the row.
    qualified: IntArray
    qualified_row: IntArray
    #: (loop, segment) -> the row, where there is only one whatever its first element.
    plain_row: NDArray[np.int16]
    #: Row -> bits of elements that must be there, that may.
    required: IntArray
    allowed: IntArray
    #: (row, element) -> number of its list of codes, 0 where it has none; sorted ``list << 48 | code`` of all lists.
    listed: NDArray[np.int16]
    codes: IntArray

    def number(self, name: str) -> int:
        """The number of a loop by its name; 0 if there is none."""
        return next((at for at, loop in enumerate(self.loops) if loop.name == name), 0)

    def path(self, loop: int, dependent: int = 0) -> str:
        """The loops from the outermost to this one; ``dependent`` chooses among several parents."""
        names = []
        while loop:
            names.append(self.loops[loop].name)
            parents = self.loops[loop].parents
            loop = parents[min(dependent, len(parents) - 1)] if parents else 0
        return "/".join(reversed(names[:-1] if len(names) > 1 else names))


@functools.cache
def guide(kind: str) -> Guide | None:
    """The guide of a kind of transaction; none for kinds that are passed through."""
    name = FILES.get(kind)
    if name is None:
        return None
    return _number(kind, *_parse(_text(name)))


@functools.cache
def elements() -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """(segment, element) -> type as the code of its first letter, least length, greatest length; type 0: not known."""
    types = np.zeros((256, PLACES + 1), dtype=np.uint8)
    least = np.zeros((256, PLACES + 1), dtype=np.int64)
    most = np.full((256, PLACES + 1), _MANY, dtype=np.int64)
    for line in _lines(_text("elements")):
        segment, *tokens = line.split()
        for place, token in enumerate(tokens, start=1):
            at = (NUMBER[segment], place)
            types[at] = ord(token[0])
            if "-" in token[1:]:
                low, high = token.lstrip("IDANRTMC").split("-")
                least[at], most[at] = int(low), int(high)
            if token.startswith(("DT", "TM")):
                types[at] = ord(token[0])
    return types, least, most


def _text(name: str) -> str:
    return (files(__package__) / "guides" / f"{name}.txt").read_text(encoding="utf-8")


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _parse(text: str) -> tuple[list[Loop], list[Row]]:
    names: dict[str, str] = {}
    loops = [Loop("?", (), "", (), required=False, most=_MANY, depth=0)]
    numbers: dict[str, int] = {}
    rows = [Row(0, "", (), required=False, most=_MANY, elements={})]
    for line in _lines(text):
        first, *rest = line.split()
        if first == "let":
            names[rest[0]] = _expand(" ".join(rest[1:]), names)
        elif first == "loop":
            name, parents, anchor, usage, most = rest
            parts = anchor.partition(":")
            above = tuple(numbers[parent] for parent in parents.split(",") if parent != "-")
            depth = max((loops[parent].depth + 1 for parent in above), default=0)
            qualifiers = tuple(parts[2].split(",")) if parts[2] else ()
            numbers[name] = len(loops)
            loops.append(Loop(name, above, parts[0], qualifiers, usage == "R", _most(most), depth))
        else:
            rows += _rows(len(loops) - 1, first, rest[0] == "R", _most(rest[1]), _expand(" ".join(rest[2:]), names))
    return loops, rows


def _expand(words: str, names: dict[str, str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        words = words.replace("$" + name, names[name])
    return words


def _most(text: str) -> int:
    return _MANY if text == ">1" else int(text)


def _rows(loop: int, segment: str, required: bool, most: int, words: str) -> list[Row]:  # noqa: FBT001
    """A line as its rows: one, or one for each of the first element's codes."""
    made: dict[int, tuple[bool, tuple[str, ...]]] = {}
    choices: list[tuple[str, ...]] = [()]
    first = 0
    for token in words.split():
        place, _, listed = token.partition("=")
        number = int(place.rstrip("R"))
        groups: list[tuple[str, ...]] = [tuple(group.split(",")) for group in listed.split("|")] if listed else [()]
        made[number] = (place.endswith("R"), tuple(code for group in groups for code in group))
        if number == 1 and listed:
            choices, first = groups, number
    rows = []
    for choice in choices:
        own = dict(made)
        if first:
            own[first] = (made[first][0], choice)
        rows.append(Row(loop, segment, choice, required, most, own))
    return rows


def _number(kind: str, loops: list[Loop], rows: list[Row]) -> Guide:
    size = (len(loops), 256)
    order, plain = np.zeros(size, dtype=np.int16), np.zeros(size, dtype=np.int16)
    required, allowed = np.zeros(len(rows), dtype=np.int64), np.full(len(rows), -1, dtype=np.int64)
    listed = np.zeros((len(rows), PLACES + 1), dtype=np.int16)
    together: dict[tuple[int, str], list[int]] = {}
    lists: dict[tuple[str, ...], int] = {}
    codes: list[int] = []
    for number, row in enumerate(rows):
        if not number:
            continue
        together.setdefault((row.loop, row.segment), []).append(number)
        required[number] = sum(1 << place for place, (must, _) in row.elements.items() if must)
        allowed[number] = sum(1 << place for place in row.elements)
        for place, (_, own) in row.elements.items():
            if own and place:
                if own not in lists:
                    lists[own] = len(lists) + 1
                    codes += [lists[own] << 48 | key(code) for code in own]
                listed[number, place] = lists[own]
    qualified: list[tuple[int, int]] = []
    next_place: dict[int, int] = {}
    for (loop, segment), numbers in together.items():
        next_place[loop] = next_place.get(loop, 0) + 1
        order[loop, NUMBER[segment]] = next_place[loop]
        plain[loop, NUMBER[segment]] = numbers[0] if len(numbers) == 1 else 0
        if len(numbers) > 1:
            base = loop << 32 | NUMBER[segment] << 24
            qualified += [(base | key(code), number) for number in numbers for code in rows[number].qualifiers]
    qualified.sort()
    return Guide(
        kind, tuple(loops), tuple(rows), order,
        np.array([base for base, _ in qualified], dtype=np.int64),
        np.array([row for _, row in qualified], dtype=np.int64),
        plain, required, allowed, listed, np.array(sorted(codes), dtype=np.int64),
    )  # fmt: skip
