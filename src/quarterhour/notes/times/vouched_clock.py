"""Start and stop of the visit in whatever words, where a figure of minutes in the note vouches for them.

"Wet 4:05, dry 4:41 pm" and "on the table 10:00, off 10:23" name the ends of a visit in words of their own. Two clock
times of one line are those ends where they lie as far apart as the minutes that the note gives to all its services, to
the visit or, in the same line, to anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.figures.clocks import CLOCK, Clock, ends_of
from quarterhour.notes.figures.statements import matches_at
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.services.mentions import Mention
from quarterhour.notes.services.services import QUIET, Service, minutes_of_all
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.spans import Spans, started

_FEWEST, _MOST = 5, 240  # minutes of a visit
_MANY: Final = 12  # a note with more clock times is a schedule


def find_vouched_clock(document: Document, services: Sequence[Service], mentions: Sequence[Mention]) -> Clock | None:
    """The range between two clock times of one line that stated minutes vouch for; the first of several."""
    low = document.low
    if low.count(":") < 2:
        return None
    singles = _singles(document)
    if not 1 < len(singles) <= _MANY:
        return None
    of_all = minutes_of_all(services)
    own = Spans((service.start, service.end) for service in services)
    for first, second in _neighbours(singles):
        last = _LAST.match(low, second.start())
        ends = ends_of(first, last) if last is not None else None
        if ends is None:
            continue
        minutes = ends[1] - ends[0]
        if not _FEWEST <= minutes <= _MOST:
            continue
        beside = started(mentions, *document.line_at(first.start()))
        if minutes == of_all or any(
            mention.value == minutes and mention.usable and not own.holds(mention.start) for mention in beside
        ):
            return Clock(first.start(), second.end(), *ends)
    return None


def _singles(document: Document) -> list[re.Match[str]]:
    """Clock times of this visit that are no end of a range."""
    low = document.low
    ranges = Spans((clock.start, clock.end) for clock in document.clocks)
    return [
        match
        for match in matches_at(_FIRST, low, [told.start() for told in _HOUR_AND_MINUTE.finditer(low)])
        if match["sm"] and not ranges.holds(match.start()) and _is_of_visit(document, match)
    ]


_FIRST: Final = folded(r"(?<![\w:./-])" + CLOCK.format("s") + r"(?![\d:%/]|-\d)")
_LAST: Final = folded(r"(?<![\w:./-])" + CLOCK.format("e") + r"(?![\d:%/]|-\d)")
_HOUR_AND_MINUTE: Final = folded(r"[0-9]\d?[:.h][0-5]\d")  # its first set of characters is soon looked for


def _is_of_visit(document: Document, match: re.Match[str]) -> bool:
    """The time is told of what was done in this visit."""
    start, end = match.span()
    sentence = document.holding(start)
    return (
        sentence is not None
        and sentence.section not in QUIET
        and _OF_ELSE.search(document.low, max(sentence.start, start - 40), start) is None
        and status_of(document, sentence, start, end) == PERFORMED
    )


# The hour of a signature, of an appointment or a dose is none of the visit's ends.
_OF_ELSE: Final = folded(
    r"(?:sign(?:ed|ature)|written|entered|dictated|locked|filed|electronic\w*|closed by|due|next|appt|appointment|"
    r"scheduled|meds?|dose\w*|fell|fall|woke|wakes|bus|ride|lunch|breakfast|dinner|sleep|bed|"
    r"\d{4})\b[^.;\n]{0,24}\Z"
)


def _neighbours(singles: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Clock times that follow each other in a line."""
    for first, second in pairwise(singles):
        between = first.string[first.end() : second.start()]
        if len(between) <= _REACH and "\n" not in between:
            yield first, second


_REACH: Final = 60  # code points from one time to the other: they are told in one breath
