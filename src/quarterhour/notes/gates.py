r"""Gates: which patterns can match in a note and in each of its sentences, known for all of them from one pass.

Most patterns find nothing in most sentences. From the source of a pattern follows what every match of it holds (see
``literals``): ``\b(?:wants|likes) to\b`` holds "wants to" or "likes to". A gate is a bit that stands where one of those
literals does. Where it is missing the pattern need not be looked for, in the sentence or any part of it; where it stands
nothing is known yet. A gate is only ever asked before its pattern and never instead of it: without an automaton all
stand open.

The literals are read off the source, never written by hand, so that they cannot fall behind the pattern.
"""

from __future__ import annotations

import hashlib
import importlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from quarterhour.notes.kept import kept
from quarterhour.notes.patterns import Pattern

if TYPE_CHECKING:
    from quarterhour.notes.clauses import Sentence

try:
    ahocorasick: Any = importlib.import_module("ahocorasick")
except ImportError:  # pragma: no cover - every gate stands open then, which a test sets
    ahocorasick = None

#: Every gate.
OPEN: Final = -1
_FORM: Final = 8  # number of how literals are read: a change of ``literals`` that changes them must change it
_made: Final[list[tuple[Pattern, ...]]] = []


def gate(*patterns: re.Pattern[str]) -> int:
    """The bit of a new gate, which stands where one of ``patterns`` can match."""
    _made.append(cast("tuple[Pattern, ...]", patterns))
    return 1 << (len(_made) - 1)


def open_gates(low: str, sentences: Sequence[Sentence]) -> int:
    """Give every sentence of the note ``low`` its open gates, and return those of the whole note."""
    automaton, bits, sizes = _automaton(len(_made))
    if automaton is None:
        for sentence in sentences:
            sentence.gates = OPEN
        return OPEN
    note = own = start = end = 0
    rest = iter(sentences)
    sentence = None
    for last, number in automaton.iter(low):
        while last >= end:
            if sentence is not None:
                sentence.gates = own
                note |= own
            sentence = next(rest, None)
            if sentence is None:
                start = end = len(low) + 1
            else:
                start, end = sentence.start, sentence.end
            own = 0
        if last - sizes[number] >= start:
            own |= bits[number]
        else:  # it reaches over the border of two sentences
            note |= bits[number]
    if sentence is not None:
        sentence.gates = own
        note |= own
    for sentence in rest:
        sentence.gates = 0
    return note


@lru_cache(maxsize=2)
def _automaton(gates: int) -> tuple[Any, list[int], list[int]]:
    """The automaton of the literals of the first ``gates`` gates; by literal, the gates it opens and its size less one."""
    if ahocorasick is None:
        return None, [], []
    opened: dict[str, int] = {}
    for place, found in enumerate(_literals(gates)):
        for literal in found:
            opened[literal] = opened.get(literal, 0) | 1 << place
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, literal in enumerate(opened):
        automaton.add_word(literal, number)
    automaton.make_automaton()
    return automaton, list(opened.values()), [len(literal) - 1 for literal in opened]


def _literals(gates: int) -> list[list[str]]:
    """The literals of each gate, from the cache or read anew. Raises ``ValueError`` for a pattern that needs none."""
    sources = [[pattern.source for pattern in patterns] for patterns in _made[:gates]]
    digest = hashlib.sha256(repr((_FORM, sources)).encode()).hexdigest()
    return kept(f"gates-{digest}", list[list[str]], lambda: [_literals_of(each) for each in sources])


def _literals_of(sources: Sequence[str]) -> list[str]:
    from quarterhour.notes.literals import literals  # only when a pattern changed

    found: set[str] = set()
    for source in sources:
        needed = literals(source)
        if needed is None:
            raise ValueError(f"no literal stands in every match of {source!r}")
        found |= needed
    return sorted(found)
