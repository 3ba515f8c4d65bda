r"""Gates: which patterns can match in a note and in each of its sentences, and where words stand that open a statement,
all known from one pass.

Most patterns find nothing in most sentences. From the source of a pattern follows what every match of it holds (see
``literals``): ``\b(?:wants|likes) to\b`` holds "wants to" or "likes to". A gate is a bit that stands where one of
those literals does. Where it is missing the pattern need not be looked for, in the sentence or any part of it; where it
stands nothing is known yet. A gate is only ever asked before its pattern and never instead of it: without an automaton
all stand open.

The literals are read off the source, never written by hand, so that they cannot fall behind the pattern.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol, cast

from quarterhour.notes.wording.kept import kept
from quarterhour.notes.wording.matcher import ahocorasick
from quarterhour.notes.wording.patterns import Pattern

#: Every gate.
OPEN: Final = -1
#: What reads the literals: what was kept by other code is not asked for.
_READERS: Final = tuple(Path(__file__).with_name(name) for name in ("literals.py", "pattern_parts.py"))
_gated: Final[list[tuple[Pattern, ...]]] = []
_openings: Final[list[tuple[str, ...]]] = []


class Stretch(Protocol):
    """A sentence: [start, end) in the text, and its open gates."""

    start: int
    end: int
    gates: int


def gate(*patterns: re.Pattern[str]) -> int:
    """The bit of a new gate, which stands where one of ``patterns``, made by ``folded``, can match."""
    _gated.append(cast("tuple[Pattern, ...]", patterns))
    return 1 << (len(_gated) - 1)


def gated() -> list[tuple[re.Pattern[str], ...]]:
    """The patterns behind every gate, in the order of their bits."""
    return cast("list[tuple[re.Pattern[str], ...]]", list(_gated))


def openings(*words: str) -> int:
    """The number under which a note has the places of ``words``: where they stand at the beginning of a word."""
    _openings.append(words)
    return len(_openings) - 1


class _Looked(NamedTuple):
    """The automaton of all literals; by literal the gates it opens, its size less one, and, of the first ones, the
    openings it is one of.
    """

    automaton: Any
    bits: list[int]
    sizes: list[int]
    openings: list[list[int]]


def look(low: str, sentences: Sequence[Stretch]) -> tuple[int, list[list[int]]]:
    """Give every sentence of the note ``low`` its open gates; return those of the whole note, and the places of each of
    the openings in order.
    """
    if ahocorasick is None:
        return OPEN, [_places(low, words) for words in _openings]
    automaton, bits, sizes, opened = _looked(len(_gated), len(_openings))
    placed = len(opened)
    places: list[list[int]] = [[] for _ in _openings]
    note = own = start = end = 0
    rest = iter(sentences)
    sentence = None
    for last, number in automaton.iter(low):
        while last >= end:
            if sentence is not None:
                sentence.gates = own
                note |= own
            sentence = next(rest, None)
            start, end = (sentence.start, sentence.end) if sentence is not None else (len(low), len(low))
            own = 0
        first = last - sizes[number]
        if number < placed and not (first and low[first - 1].isalpha()):
            for found in opened[number]:
                places[found].append(first)
        if first >= start:
            own |= bits[number]
        else:  # it reaches over the border of two sentences
            note |= bits[number]
    if sentence is not None:
        sentence.gates = own
        note |= own
    for sentence in rest:
        sentence.gates = 0
    for found in places:
        found.sort()
    return note, places


def _places(low: str, words: Sequence[str]) -> list[int]:
    """The same places, one word after the other."""
    found: list[int] = []
    for word in words:
        place = low.find(word)
        while place >= 0:
            if not place or not low[place - 1].isalpha():
                found.append(place)
            place = low.find(word, place + 1)
    return sorted(found)


@lru_cache(maxsize=2)
def _looked(gated: int, opened: int) -> _Looked:
    """The automaton of the first ``gated`` gates and ``opened`` openings."""
    of: dict[str, list[int]] = {}
    for place, words in enumerate(_openings[:opened]):
        for word in words:
            of.setdefault(word, []).append(place)
    bits = dict.fromkeys(of, 0)
    for place, found in enumerate(_literals(gated)):
        for literal in found:
            bits[literal] = bits.get(literal, 0) | 1 << place
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, literal in enumerate(bits):
        automaton.add_word(literal, number)
    automaton.make_automaton()
    return _Looked(automaton, list(bits.values()), [len(literal) - 1 for literal in bits], list(of.values()))


def _literals(gated: int) -> list[list[str]]:
    """The literals of each gate, from the cache or read anew. Raises ``ValueError`` for a pattern that needs none."""
    sources = [[pattern.source for pattern in patterns] for patterns in _gated[:gated]]
    digest = hashlib.sha256(repr(sources).encode())
    for reader in _READERS:
        digest.update(reader.read_bytes())
    return kept(f"gates-{digest.hexdigest()}", list[list[str]], lambda: list(map(literals_of, sources)))


def literals_of(sources: Sequence[str]) -> list[str]:
    """The literals that open the gate of patterns with these sources. Raises ``ValueError`` where one needs none."""
    from quarterhour.notes.wording.literals import literals  # only when a pattern changed

    found: set[str] = set()
    for source in sources:
        needed = literals(source)
        if needed is None:
            raise ValueError(f"no literal stands in every match of {source!r}")
        found |= needed
    return sorted(found)
