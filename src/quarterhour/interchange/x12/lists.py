"""Code lists that a file is held against where the caller gives none of its own.

``guides/lists.txt`` has them, each with its source and date; ``Lists`` takes others, for instance those of ``policy``.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lists:
    """Codes that may stand in a place; an empty list is not looked up in."""

    states: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    frequencies: frozenset[str] = frozenset()
    adjustment_reasons: frozenset[str] = frozenset()
    status_categories: frozenset[str] = frozenset()
    #: First letters of the ICD-10-CM chapters that have codes of seven characters.
    seventh_characters: frozenset[str] = frozenset()


@functools.cache
def own_lists() -> Lists:
    """The lists of this package."""
    found: dict[str, set[str]] = {}
    for line in (files(__package__) / "guides" / "lists.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *codes = line.split()
            own = found.setdefault(name, set())
            for code in codes:
                own |= _span(code)
    return Lists(**{name: frozenset(codes) for name, codes in found.items()})


def _span(code: str) -> set[str]:
    """``B1..B23`` as all codes from the first to the last; any other as itself."""
    first, dots, last = code.partition("..")
    if not dots:
        return {code}
    letters = first.rstrip("0123456789")
    width = len(first) - len(letters) if first[len(letters)] == "0" else 0
    low, high = int(first[len(letters) :]), int(last[len(letters) :])
    return {f"{letters}{number:0{width}d}" for number in range(low, high + 1)}
