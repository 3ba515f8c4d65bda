"""A pattern taken apart: its choices, their pieces, and the groups among these with choices of their own."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_OPENING: Final = re.compile(r"\(\?(?:[:=!]|<[=!]|P<\w+>|[a-z]+:|-[a-z]+:)|\(")
_QUANTITY: Final = re.compile(r"(?:[*+?]|\{\d*,?\d*\})?[?+]?")
_CLASS: Final = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")


class Piece(NamedTuple):
    """A letter, a class or another sign, or a group with its choices, and how often it stands."""

    text: str  # of a group, its opening
    choices: tuple[Choice, ...] | None
    quantity: str


Choice = tuple[Piece, ...]


def parsed(source: str, place: int) -> tuple[tuple[Choice, ...], int]:
    """The choices from ``place`` on, and where they end: at a closing bracket or the end."""
    choices: list[Choice] = []
    pieces: list[Piece] = []
    while place < len(source) and source[place] != ")":
        if source[place] == "|":
            choices.append(tuple(pieces))
            pieces = []
            place += 1
            continue
        opening = _OPENING.match(source, place)
        inner: tuple[Choice, ...] | None = None
        if opening is not None:
            inner, place = parsed(source, opening.end())
            text = opening[0]
            place += 1
        else:
            known = _CLASS.match(source, place)
            text = known[0] if known else source[place : place + 2] if source[place] == "\\" else source[place]
            place += len(text)
        quantity = _QUANTITY.match(source, place)
        much = quantity[0] if quantity else ""
        pieces.append(Piece(text, inner, much))
        place += len(much)
    return (*choices, tuple(pieces)), place
