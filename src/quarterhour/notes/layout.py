r"""Alternations laid out by their first letter: ``(?:is so|are so|as \d|no)`` as ``(?:is so|a(?:re so|s \d)|no)``.

``re`` tries the choices of an alternation one after the other at every word of a text, and enters each group among them
to see how it begins. Where each choice begins with a letter of its own it looks at one letter instead: long
alternations take half to a third of the time then. What matches, and which words of it, stays the same: choices that
begin alike keep their order, and of those that begin with different letters only one can match. What this file does not
know it leaves as it stands.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_SHORT: Final = 4  # fewer choices are not worth it
_GROWTH: Final = 6  # so many times more choices may an alternation have when the groups at their beginning are opened
_OPENING: Final = re.compile(r"\(\?(?:[:=!]|<[=!]|P<\w+>|[a-z]+:|-[a-z]+:)|\(")
_QUANTITY: Final = re.compile(r"(?:[*+?]|\{\d*,?\d*\})?[?+]?")
_CLASS: Final = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_FEW_LETTERS: Final = re.compile(r"\[[a-z0-9]{2,4}\]")
_LITERAL: Final = re.compile(r"[^\\.^$*+?{}\[\]|()]|\\[^a-zA-Z0-9]")
_BORDER: Final = r"\b"


class Piece(NamedTuple):
    """A letter, a class or another sign, or a group with its choices, and how often it stands."""

    text: str  # of a group, its opening
    choices: tuple[Choice, ...] | None
    quantity: str


Choice = tuple[Piece, ...]


def laid_out(source: str) -> str:
    """``source`` with its alternations laid out; the same where a sign is not understood."""
    choices, end = parsed(source, 0)
    return _written(_by_letter(choices)) if end == len(source) else source


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


def _written(choices: tuple[Choice, ...]) -> str:
    return "|".join("".join(map(_piece, choice)) for choice in choices)


def _piece(piece: Piece) -> str:
    inner = "" if piece.choices is None else f"{_written(piece.choices)})"
    return f"{piece.text}{inner}{piece.quantity}"


def _captures(choices: tuple[Choice, ...]) -> bool:
    return any(
        piece.choices is not None and (piece.text == "(" or piece.text.startswith("(?P<") or _captures(piece.choices))
        for choice in choices
        for piece in choice
    )


def _by_letter(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The choices, and those of the groups in them, laid out by their first letter."""
    choices = tuple(tuple(map(_inside, choice)) for choice in choices)
    if len(choices) < _SHORT or _captures(choices):
        return choices
    opened = [begun for choice in choices for begun in _begun(choice)]
    if len(opened) > _GROWTH * len(choices):
        return choices
    found: list[Choice] = []
    run: dict[str, list[Choice]] = {}  # choices by the first letter, since the last one that has none
    for choice in opened:
        letter = _letter(choice)
        if run and (not letter or (letter == _BORDER) != (_BORDER in run)):
            found += _gathered(run)
            run = {}
        if letter:
            run.setdefault(letter, []).append(choice[1:])
        else:
            found.append(choice)
    return (*found, *_gathered(run))


def _letter(choice: Choice) -> str:
    """The letter, or the word border, a choice begins with; "" for anything else."""
    if not choice or choice[0].choices is not None or choice[0].quantity:
        return ""
    text = choice[0].text
    return text if text == _BORDER else re.escape(text[-1]) if _LITERAL.fullmatch(text) else ""


def _inside(piece: Piece) -> Piece:
    return piece if piece.choices is None else piece._replace(choices=_by_letter(piece.choices))


def _begun(choice: Choice) -> list[Choice]:
    """The choice as several that each begin with a letter, as far as its first piece can be opened."""
    if not choice or choice[0].quantity not in ("", "?"):
        return [choice]
    first, rest = choice[0], choice[1:]
    if first.choices is not None and first.text == "(?:":
        begun = [more for inner in first.choices for more in _begun((*inner, *rest))]
    elif first.choices is None and _FEW_LETTERS.fullmatch(first.text):
        begun = [(Piece(letter, None, ""), *rest) for letter in first.text[1:-1]]
    elif first.quantity and first.choices is None and _LITERAL.fullmatch(first.text):
        begun = [(Piece(first.text, None, ""), *rest)]
    else:
        return [choice]
    return [*begun, *_begun(rest)] if first.quantity else begun


def _gathered(run: dict[str, list[Choice]]) -> list[Choice]:
    """One choice for each first letter."""
    return [
        (Piece(letter, None, ""), *rests[0])
        if len(rests) == 1
        else (Piece(letter, None, ""), Piece("(?:", _by_letter(tuple(rests)), ""))
        for letter, rests in run.items()
    ]
