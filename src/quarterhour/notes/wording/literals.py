r"""What every match of a pattern has to hold, read off its source: ``\b(?:wants|likes) to\b`` "wants to" or "likes to".

The choices of a pattern are laid out as strings as far as they are few, of each string the rarest stretch without a
gap is taken, and of all conditions that follow for the whole pattern the rarest one. What is not understood, what may
be left out and what only looks behind or forbids asks for nothing; so a condition is always necessary and never
sufficient.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from quarterhour.notes.wording.pattern_parts import Choice, Piece, parsed

_GAP: Final = "\0"  # anything at all, also nothing
_MANY: Final = 512  # more strings than these are not laid out
_NOTHING: Final = frozenset({""})
_ANYTHING: Final = frozenset({_GAP})
_WORD: Final = re.compile(r"[a-z0-9]+")
_SIGN: Final = re.compile(r"[^a-z0-9]")
_QUANTITY: Final = re.compile(r"\{(\d*)(,?)(\d*)\}")
_FROM_TO: Final = re.compile(r"[1-9]-[1-9]")
_FIGURES: Final = frozenset("0123456789")
_RANGE: Final = re.compile(r".-[^\]]", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "", "B": "", "Z": ""}
_BEHIND: Final = frozenset({"(?!", "(?<=", "(?<!"})  # groups that match no text of their own
# Words that stand in most notes: another word of the string tells more.
_COMMON: Final = frozenset(
    {"the", "and", "with", "for", "was", "were", "her", "his", "she", "that", "this", "from", "to", "of", "in", "on"}
    | {"at", "is", "are", "he", "by", "min", "pt", "patient", "today", "not", "as", "or", "an", "a", "it", "no", "all"}
    | {"mins", "minute", "minutes", "visit", "session", "treatment", "therapy"}
)

_Strings = frozenset[str]


class _Known(NamedTuple):
    """All strings a part can be, None for too many; and literals of which every match holds one, None for unknown."""

    strings: _Strings | None
    literals: _Strings | None


def literals(source: str) -> frozenset[str] | None:
    """Literals of which every match of ``source`` holds one; None where none follow."""
    choices, end = parsed(source, 0)
    found = _of_choices(choices).literals if end == len(source) else None
    return None if found is None else _shortest(found)


def _better(first: _Strings | None, second: _Strings | None) -> _Strings | None:
    if first is None or second is None:
        return first or second
    return min(first, second, key=_how_common)


def _how_common(found: _Strings) -> float:
    """About how common it is that one of the literals stands; those of the same words count once."""
    shares: dict[tuple[str, ...], float] = {}
    for literal in found:
        words = tuple(_WORD.findall(literal))
        shares[words] = max(shares.get(words, 0.0), _commonness(literal))
    return sum(shares.values())


@cache
def _commonness(literal: str) -> float:
    """About in which share of all sentences the literal stands."""
    words = _WORD.findall(literal)
    if len(words) == 1 and len(words[0]) == 1:
        return _OF_ONE_LETTER
    if len(words) == 1 and words[0] in _COMMON:
        return _OF_COMMON_ALONE
    share = 1.0
    for word in words:
        share *= max(_BY_LENGTH[min(len(word), len(_BY_LENGTH)) - 1], _OF_COMMON if word in _COMMON else 0)
        if len(word) > 1 and not word.isalpha():
            share *= _WITH_FIGURE
    return share * _WITH_SIGN if _SIGN.search(literal) else share


# Estimates that only have to rank literals: a wrong one costs time and misses nothing.
_BY_LENGTH: Final = (0.9, 0.4, 0.12, 0.05, 0.03, 0.02)  # of a word of one letter, of two, ..., of six and more
_OF_ONE_LETTER: Final = 3.0  # it stands in sentences several times
_OF_COMMON_ALONE: Final = 0.6
_OF_COMMON: Final = 0.2
_WITH_FIGURE: Final = 0.1
_WITH_SIGN: Final = 0.5


def _held(strings: _Strings) -> _Strings | None:
    """The rarest stretch of each string without a gap; None when one has none."""
    found: set[str] = set()
    for string in strings:
        stretches = [stretch for stretch in string.split(_GAP) if _WORD.search(stretch)]
        if not stretches:
            return None
        found.add(min(stretches, key=_commonness))
    return frozenset(found)


def _shortest(found: _Strings) -> _Strings:
    """The literals that hold none of the others."""
    return frozenset(one for one in found if not any(part in found for part in _parts(one)))


def _parts(literal: str) -> Iterator[str]:
    size = len(literal)
    return (literal[start:end] for start in range(size) for end in range(start + 1, size + 1) if end - start < size)


def _of_choices(choices: Iterable[Choice]) -> _Known:
    """What is known of any one of ``choices``."""
    strings: _Strings | None = frozenset()
    literals: _Strings | None = frozenset()
    for one in map(_of_choice, choices):
        strings = None if strings is None or one.strings is None else strings | one.strings
        literals = None if literals is None or one.literals is None else literals | one.literals
    return _Known(strings if strings is not None and len(strings) <= _MANY else None, literals)


def _of_choice(choice: Choice) -> _Known:
    strings = _NOTHING
    literals: _Strings | None = None
    for piece in choice:
        known = _of_piece(piece)
        if piece.text == r"\d" and not piece.quantity and all(string[-1:].isalpha() for string in strings):
            known = _Known(_FIGURES, None)  # "g1": no other literal tells as much
        literals = _better(literals, known.literals)
        if known.strings is not None and len(strings) * len(known.strings) <= _MANY:
            strings = frozenset(first + second for first in strings for second in known.strings)
        else:
            literals = _better(literals, _held(strings))
            strings = _ANYTHING if known.strings is None else known.strings
    return _Known(strings, _better(literals, _held(strings)))


def _of_piece(piece: Piece) -> _Known:
    least, most = _times(piece.quantity)
    if piece.choices is None:
        known = _Known(_signs(piece.text), None)
    elif piece.text in _BEHIND:
        return _Known(_NOTHING, None)
    elif piece.text == "(?=":
        return _Known(_NOTHING, _of_choices(piece.choices).literals if least else None)
    elif piece.text == "(?:" or piece.text.startswith("(?P<") or (piece.text == "(" and not _is_order(piece.choices)):
        known = _of_choices(piece.choices)
    else:
        known = _Known(_ANYTHING, None)
    strings = known.strings
    if most > 1 and strings is not None:
        strings = frozenset(f"{_GAP}{string}" for string in strings)
    if least:
        return _Known(strings, known.literals)
    return _Known(_ANYTHING if strings is None else strings | _NOTHING, None)


def _is_order(choices: tuple[Choice, ...]) -> bool:
    """What stands in the bracket is an order of the pattern, such as a reference to a group, and no text."""
    return bool(choices[0]) and choices[0][0].text == "?"


def _times(quantity: str) -> tuple[int, int]:
    """How often a piece stands at least and at most, where more than once is 2."""
    if not quantity:
        return 1, 1
    if quantity[0] in "?*+":
        return int(quantity[0] == "+"), 1 if quantity[0] == "?" else 2
    match = _QUANTITY.match(quantity)
    if match is None:
        return 0, 2
    least = int(match[1] or 0)
    most = least if not match[2] else int(match[3] or 2)
    return min(least, 1), min(most, 2)


def _signs(text: str) -> _Strings:
    """What a letter, a class or another sign stands for, as strings."""
    if text[0] == "[":
        return _members(text[1:-1])
    if text[0] == "\\":
        known = text[1] in _ESCAPED or not text[1].isalnum()
        return frozenset({_ESCAPED.get(text[1], text[1])}) if known else _ANYTHING
    if text in "^$":
        return _NOTHING
    return _ANYTHING if text == "." else frozenset({text})


def _members(inner: str) -> _Strings:
    """The signs of a class where it lists them one by one, or some figures in a row."""
    if _FROM_TO.fullmatch(inner):
        return frozenset(map(str, range(int(inner[0]), int(inner[2]) + 1)))
    if inner[0] == "^" or "\\" in inner or _RANGE.search(inner):
        return _ANYTHING
    return frozenset(inner)
