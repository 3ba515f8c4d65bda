"""Sentences of a note: ends at . ! ? and at hard line ends; a line that only wraps is joined to the next.

The finer borders inside a sentence (comma, semicolon, "then", "but") matter only where the status of a phrase is
asked for: see ``status``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import msgspec

from quarterhour.notes.figures.numbers import Date
from quarterhour.notes.page.dictated import with_spoken_ends
from quarterhour.notes.page.sections import SHORTEST_WRAPPED, Section
from quarterhour.notes.wording.gates import OPEN
from quarterhour.notes.wording.lexicon import BIT, Hit
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.text import Source

#: Families that decide the status of what stands near them.
STATUS_CUES: Final = (
    BIT["negation_before"] | BIT["negation_after"] | BIT["planned"] | BIT["prior"] | BIT["home"] | BIT["correction"]
)


class Sentence(msgspec.Struct, gc=False):
    """[start, end) in the text, the section it stands in, and what was found in it; ``words`` is where its own words
    begin, behind the heading of the section it opens; ``mask`` holds the families of its hits, ``gates`` which
    patterns its words allow; ``has_number`` says that a digit stands in it.
    """

    start: int
    end: int
    section: str
    line: int
    low: str  # the folded copy of the note
    words: int
    has_number: bool
    mask: int = 0
    gates: int = OPEN
    hits: Sequence[Hit] = ()
    cues: Sequence[Hit] = ()
    dates: Sequence[Date] = ()

    def has(self, families: int, start: int, end: int) -> bool:
        """A phrase of one of the families, given by their bits, starts in [start, end)."""
        return bool(self.mask & families) and any(hit.mask & families and start <= hit.start < end for hit in self.hits)


def split_sentences(source: Source, sections: list[Section]) -> list[Sentence]:
    """Sentences in order; none is empty, none crosses a section."""
    low = source.low
    borders = [section.start for section in sections[1:]]
    places = sorted({*with_spoken_ends(low, _ends(low, source.text)), *borders})
    sentences: list[Sentence] = []
    start = index = line = counted = 0
    for place in places:
        begin, end = start, place
        start = place
        while begin < end and low[begin] in " \t\r\n":
            begin += 1
        while end > begin and low[end - 1] in " \t\r\n":
            end -= 1
        if begin >= end:
            continue
        while index < len(borders) and borders[index] <= begin:
            index += 1
        line += low.count("\n", counted, begin)
        counted = begin
        section = sections[index]
        words = begin if section.body <= begin else _behind_heading(low, section.body, end)
        numbered = _DIGIT.search(low, begin, end) is not None
        sentences.append(Sentence(begin, end, section.name, line, low, words, numbered))
    return sentences


_DIGIT: Final = folded(r"[0-9]")


def _ends(low: str, text: str) -> list[int]:
    """Where sentences end by their stops and lines; the last end is that of the text."""
    cuts: list[int] = []
    line_start = 0
    for match in _END.finditer(low):
        place, end = match.span()
        if low[place] == "\n":
            if not _goes_on(low, text, line_start, place):
                cuts.append(place + 1)
            line_start = place + 1
        elif not _is_no_stop(low, text, line_start, place, end):
            cuts.append(end)
    cuts.append(len(low))
    return cuts


# One set of characters comes first: the search stops nowhere else. A dot between blanks that leads to a figure of
# minutes is no stop: "E-stim . 10 min".
_END: Final = folded(r"[.!?\n](?:(?<=\n)|(?!(?<=\s\.)\s\d{1,3} ?(?:min|m\b|'))[.!?]*[\"')\]]*(?=\s|$))")


def _goes_on(low: str, text: str, line_start: int, place: int) -> bool:
    """The sentence goes on behind the line end at ``place``."""
    end = place - 1 if place and low[place - 1] == "\r" else place
    return _only_wraps(low, line_start, end) and (
        text[place + 1 : place + 2].islower() or low.endswith(_GOES_ON, line_start, end)
    )


_GOES_ON: Final = (
    " with",
    " of",
    " to",
    " the",
    " and",
    " in",
    " for",
    " a",
    " an",
    " on",
    " or",
    " by",
    " at",
    " from",
    ",",
    " her",
    " his",
    " is",
    " was",
    " that",
    " left",
    " right",
)


def _only_wraps(low: str, line_start: int, place: int) -> bool:
    """The line end at ``place`` only wraps the line that began at ``line_start``."""
    length = place - line_start
    if not SHORTEST_WRAPPED <= length <= _LONGEST_WRAPPED:
        return False
    rest = low[place + 1 : place + 3]
    if not rest.strip() or rest[0] in "*-|#\r\n\t " or (rest[0].isdigit() and rest[1:2] in ".)"):
        return False
    line = low[line_start:place].rstrip()
    return not (line.endswith((".", "!", "?", ";", ":")) or "|" in line or "   " in line.strip())


_LONGEST_WRAPPED: Final = 140  # code points: so long a line ends by itself


def _is_no_stop(low: str, text: str, line_start: int, place: int, end: int) -> bool:
    """The marks at [place, end) end no sentence."""
    if end - place > 1:
        # dots that lead to a figure, a pause in speech, or a question quoted inside a sentence
        return low.startswith("...", place) or text[end : end + 2].lstrip(" ")[:1].islower()
    if low[place] != ".":
        return False
    last = _last_word(low, max(line_start, place - _LONGEST), place)
    if last:
        return last in _TITLES or _is_abbreviation(low, text, place, last)
    return place > 0 and low[place - 1].isdigit() and not low[line_start : place - 1].strip(" \t")  # "1. " opens a list


_LONGEST: Final = 8  # code points: as far back as a title or a unit reaches
_TITLES: Final = frozenset(
    {
        "dr",
        "mr",
        "mrs",
        "ms",
        "vs",
        "approx",
        "st",
        "e.g",
        "i.e",
        "prof",
        "no",
        "jr",
        "sr",
        "inc",
        "cont",
        "a.m",
        "p.m",
        "tol",
        "resp",
    }
)


def _last_word(low: str, start: int, end: int) -> str:
    """The letters and dots that [start, end) closes with, "" for none."""
    word = low[max(start, low.rfind(" ", start, end) + 1) : end]
    if word.isalpha() and word.islower():
        return word
    found = _LAST_WORD.search(word)
    return found[0] if found is not None else ""


_LAST_WORD: Final = folded(r"[a-z.]+$")


def _is_abbreviation(low: str, text: str, place: int, last: str) -> bool:
    """The word ``last`` before the full stop at ``place`` is a unit or a letter, and no sentence begins behind it; or
    the initial of a name.
    """
    if last not in _UNITS and (len(last) > 1 or last == "."):
        return False
    after = text[place + 1 : place + 3].strip()
    first = place - len(last)
    return bool(after and not after[0].isupper()) or (
        len(last) == 1
        and last not in "rl"
        and first > 0
        and low[first - 1] in " \n"
        and text[first].isupper()
        and not (last == "a" and low.endswith(_LEVELS, 0, first))
    )


_UNITS: Final = frozenset(
    {
        "min",
        "mins",
        "hr",
        "hrs",
        "wk",
        "wks",
        "sec",
        "secs",
        "ft",
        "lb",
        "lbs",
        "in",
        "deg",
        "reps",
        "rep",
        "pt",
        "tx",
        "ex",
        "act",
        "therex",
        "amb",
        "ext",
        "flex",
        "abd",
        "add",
        "bilat",
        "sup",
        "ind",
        "max",
        "mod",
        "w",
        "yr",
        "yrs",
        "mo",
        "occ",
        "ea",
        "incl",
        "esp",
    }
)
_LEVELS: Final = ("min ", "mod ", "max ", "total ", "mod-", "max-", "min-")  # before "A.", which is no initial then


def _behind_heading(low: str, body: int, end: int) -> int:
    """Where the words of a sentence begin whose heading reaches to ``body``."""
    start = min(body, end)
    while start < end and low[start] == " ":
        start += 1
    return start


def place_hits(sentences: list[Sentence], hits: list[Hit], dates: list[Date], low: str) -> None:
    """Give every hit and date to the sentence it starts in; both are in order of place."""
    if not sentences:
        return
    starts = [sentence.start for sentence in sentences]
    borders = [*starts[1:], len(low) + 1]
    rest = iter(hits)
    hit = next(rest, None)
    for sentence, border in zip(sentences, borders, strict=True):
        if hit is None or hit.start >= border:
            continue
        own = []
        mask = 0
        while hit is not None and hit.start < border:
            own.append(hit)
            mask |= hit.mask
            hit = next(rest, None)
        sentence.hits = own
        sentence.mask = mask
        if mask & STATUS_CUES:
            sentence.cues = [one for one in own if one.mask & STATUS_CUES]
    for date in dates:
        holder = sentences[max(0, bisect_right(starts, date.start) - 1)]
        holder.dates = [*holder.dates, date]
