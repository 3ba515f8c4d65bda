"""Statements of time in a note: what they gather, how name and figure stand in them, and where to look for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from quarterhour.notes.figures.numbers import NUMBER
from quarterhour.notes.wording.patterns import folded

#: What no figure of a total is followed by.
NOT_MINUTES: Final = (
    r"(?![\d:%]|/ ?\d|[ -](?:to|on)[ -]|-\d|\.\d| ?(?:units?|reps|ft|feet|words|points|trials|correct|"
    r"visits|weeks?|wks?|days?|months?|years?|yrs?|times|lbs?|x\b|sec|degrees|goals|hip|knee|shoulder|sessions|of|"
    r"arthro|repl|patients|"
    r"assist|a\b|steps))"
)
#: What may stand between the name of a total and its figure.
SAID: Final = (
    r"(?: (?:today|was|were|is|are|therefore|thus|then|hence|of|spent|becomes?|reads|equals|makes|now|in all|in|"
    r"altogether|overall|combined|came to|comes to|adds up to|pt|ot|slp|st|should (?:read|be)|(?:corrected|"
    r"amended|changed) to|this (?:date|visit|session|day)|provided|given|received|"
    r"(?:with|for) (?:the |one |each )?(?:patient|pt|resident|client|student|child)(?: alone)?))*"
)
#: Blanks, dots and marks between a name and its figure. Each run is taken whole, so that a row of dots or blanks takes
#: no longer than its length.
LEADER: Final = r"[ \t]*+(?:\.{2,}+|[:=|>,-])*+[ \t]*+"
_NUMBER_END: Final = folded(rf"(?<![\w.:/-]){NUMBER}$")


class Times(msgspec.Struct):
    """What the note says of its times; evidence is [start, end) of each statement by name."""

    total_timed: int | None = None
    total_treatment: int | None = None
    start: str | None = None
    stop: str | None = None
    spanned: bool = False  # the treatment time is the length of the span of clock times, told nowhere else
    evidence: dict[str, list[tuple[int, int]]] = msgspec.field(default_factory=dict)

    def note(self, name: str, start: int, end: int) -> None:
        """Keep a span as evidence."""
        self.evidence.setdefault(name, []).append((start, end))


def matches_at(pattern: re.Pattern[str], low: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """Matches of ``pattern`` at the given places only."""
    border = -1
    for place in places:
        if place >= border:
            match = pattern.match(low, place)
            if match is not None:
                border = match.end()
                yield match


def numbers_before(low: str, *words: str) -> set[int]:
    """Starts of the numbers directly before one of the words."""
    found: set[int] = set()
    for word in words:
        place = low.find(word)
        while place >= 0:
            if place and low[place - 1].isalnum():
                match = _NUMBER_END.search(low, max(0, place - 16), place)
                if match is not None:
                    found.add(match.start())
            place = low.find(word, place + 1)
    return found


def says_too_little(match: re.Match[str]) -> bool:
    """A comma stands between the figure and a name that does not speak of time: "45 timed, 53 total"."""
    name, comma, figure = match[0].partition(",")
    if figure.isdecimal() and match.string[match.end() : match.end() + 1] in ("", "\n", "\r"):
        return match.string[max(0, match.start() - 1) : match.start()] not in ("", "\n")  # a row: "total,37"
    return bool(comma) and not any(word in name for word in ("min", "time ", "length", "duration"))
