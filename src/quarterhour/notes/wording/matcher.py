"""Finding many phrases at once: the Aho-Corasick automaton of pyahocorasick where it is installed, else a trie of
words.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Protocol

try:
    #: None where it is not installed.
    ahocorasick: Any = importlib.import_module("ahocorasick")
except ImportError:  # pragma: no cover - the tests run without it on purpose
    ahocorasick = None

# Phrases of so few letters stand inside most words: they are looked for only behind what can stand before a word.
_SHORT: Final = 3
_EDGES: Final = " (/\"'[.,;:*+&=|<>~#"


class Matcher(Protocol):
    """What a lexicon asks of a matcher."""

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """(place of the last code point, number of the phrase) of every occurrence, in the order of their ends.

        ``text`` opens and ends with a space.
        """
        ...


class Automaton:
    """Aho-Corasick over code points: also finds phrases inside words; the caller looks at the borders."""

    __slots__ = ("_automaton",)

    def __init__(self, phrases: Sequence[str]) -> None:
        automaton: Any = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for number, phrase in enumerate(phrases):
            if len(phrase) <= _SHORT and phrase.isalnum():
                for edge in _EDGES:
                    automaton.add_word(edge + phrase, number)
            else:
                automaton.add_word(phrase, number)
        automaton.make_automaton()
        self._automaton = automaton

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """As ``Matcher.find``."""
        found: Iterator[tuple[int, int]] = self._automaton.iter(text)
        return found


class Trie:
    """The same in plain Python: from every word border, walk a trie of letters as far as it goes."""

    __slots__ = ("_root",)

    def __init__(self, phrases: Iterable[str]) -> None:
        self._root: dict[str, Any] = {}
        for number, phrase in enumerate(phrases):
            node = self._root
            for letter in phrase:
                node = node.setdefault(letter, {})
            node[""] = number

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """As ``Matcher.find``."""
        root = self._root
        size = len(text)
        found: list[tuple[int, int]] = []
        for start in range(size):
            letter = text[start]
            if letter not in root or (letter.isalnum() and start and text[start - 1].isalnum()):
                continue
            node = root
            place = start
            while place < size and (following := node.get(text[place])) is not None:
                node = following
                number = node.get("")
                if number is not None:
                    found.append((place, number))
                place += 1
        found.sort()
        return iter(found)


def make_matcher(phrases: Sequence[str]) -> Matcher:
    """The fastest matcher this installation has."""
    return Automaton(phrases) if ahocorasick is not None else Trie(phrases)
