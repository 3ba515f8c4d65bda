"""The compiled vocabulary: which phrases stand in a text, what each stands for, and which pack made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from quarterhour.notes.wording.matcher import Matcher, make_matcher
from quarterhour.notes.wording.packs import BIT, FAMILIES, NUMBER_WORDS, LexiconError, parsed_packs
from quarterhour.notes.wording.text import Source

__all__ = ["BIT", "FAMILIES", "LEVELS", "NUMBER_WORDS", "Hit", "Lexicon", "LexiconError", "load_lexicon"]

#: A level of assistance or a cue.
LEVELS: Final = BIT["assist"] | BIT["cue"]


class Hit(msgspec.Struct, frozen=True, gc=False):
    """One phrase found: [start, end) in the text, bits of its families, the value it has in each, and the phrase's
    number.
    """

    start: int
    end: int
    mask: int
    values: Mapping[str, str]
    phrase: int


class Codes(msgspec.Struct, frozen=True, gc=False):
    """What the packs say of procedure codes, as far as words of a note have to be understood by it.

    ``timed`` are billed by minutes, ``untimed`` are treatment billed by the visit, ``usual`` what most visits are made
    of; a ``modality`` is what its name says, and ``stimulation`` one that a hot or cold pack is a part of; of services
    ``in_metres`` notes tell distances too; those done ``together`` treat several patients at once; ``alike`` are pairs
    of codes that one name may stand for; ``speaks_for`` is the class of activity a service speaks for where words allow
    several; ``small`` the code of an abbreviation in small letters; ``titles`` are words that, as the title of a line,
    stand for a service, "" for one under which nothing is told.
    """

    timed: frozenset[str]
    untimed: frozenset[str]
    usual: frozenset[str]
    modality: frozenset[str]
    in_metres: frozenset[str]
    stimulation: frozenset[str]
    together: frozenset[str]
    alike: frozenset[frozenset[str]]
    speaks_for: Mapping[str, str]
    small: Mapping[str, str]
    titles: Mapping[str, str]


# Letters and digits of ASCII; the other letters of a text are looked up when it has any.
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class Lexicon(msgspec.Struct, frozen=True):
    """Compiled packs: the phrases, what each stands for, and the headings of sections."""

    phrases: tuple[str, ...]
    masks: tuple[int, ...]
    values: tuple[Mapping[str, str], ...]
    lengths: tuple[int, ...]
    cased: Mapping[int, tuple[tuple[str, int, Mapping[str, str]], ...]]
    origins: tuple[str, ...]  # "pack:line" of each sense, one a line
    headings: Mapping[str, str]
    codes: Codes
    digest: str
    matcher: Matcher

    def find(self, source: Source) -> list[Hit]:
        """All phrases of ``source`` between word borders, in order of place; of phrases that lie inside another,
        only the longest.
        """
        # Between two spaces every phrase has a letter before and behind it: place n of the packed copy is n + 1 here.
        text = f" {source.packed} "
        letters = _LETTERS if text.isascii() else {letter for letter in set(text) if letter.isalnum()}
        lengths, masks, values, cased = self.lengths, self.masks, self.values, self.cased
        kept: list[tuple[int, int, int]] = []
        front = -1  # start of the last phrase kept
        border = -1  # its end
        for end, number in self.matcher.find(text):
            if text[end + 1] in letters and text[end] in letters:
                continue
            start = end - lengths[number]
            if text[start] in letters and text[start + 1] in letters:
                continue
            # Ends come in rising order: a phrase that starts at or before an earlier one covers it.
            if (border >= end and front <= start) or (
                not masks[number] and number in cased and not self._case_fits(source, start, end, number)
            ):
                continue
            while kept and kept[-1][0] >= start:
                kept.pop()
            kept.append((start, end, number))
            front, border = start, end
        hits: list[Hit] = []
        gaps, shifts = source.gaps, source.shifts
        place, shift, count = 0, 0, len(gaps)
        for first, last, number in kept:
            start, end = first, last
            mask, value = masks[number], values[number]
            if count:
                while place < count and gaps[place] <= start:
                    shift = shifts[place]
                    place += 1
                if place < count and gaps[place] < end:
                    start, end = start + shift, source.spread(end - 1) + 1
                else:
                    start, end = start + shift, end + shift
            if number in cased:
                given = source.text[start:end]
                for written, more, sense in cased[number]:
                    if given == written or (len(given) == len(written) and _same_but_space(given, written)):
                        mask |= more
                        value = {**value, **sense}
                if not mask:
                    continue
            hits.append(Hit(start, end, mask, value, number))
        return hits

    def _case_fits(self, source: Source, start: int, end: int, number: int) -> bool:
        given = source.text[source.spread(start) : source.spread(end - 1) + 1]
        return any(given == written or _same_but_space(given, written) for written, _, _ in self.cased[number])

    def origin(self, hit: Hit) -> tuple[str, ...]:
        """The packs and lines that made a hit, as ``pack:line``."""
        return tuple(self.origins[hit.phrase].splitlines())


def _same_but_space(given: str, written: str) -> bool:
    return given.replace("-", " ").replace("\n", " ") == written.replace("-", " ")


@lru_cache(maxsize=8)
def load_lexicon(overlays: tuple[Path, ...] = ()) -> Lexicon:
    """The built-in packs with ``overlays`` laid over them in order.

    Raises ``LexiconError`` when a pack contradicts another, and ``OSError`` when an overlay cannot be read.
    """
    digest, packs = parsed_packs(overlays)
    return Lexicon(
        phrases=packs.phrases,
        # Phrases alike share one mask and one mapping: they are looked up for every hit, and few stay in the cache.
        masks=tuple(packs.meanings[place][0] for place in packs.meaning),
        values=tuple(packs.meanings[place][1] for place in packs.meaning),
        lengths=tuple(map(len, packs.phrases)),
        cased=packs.cased,
        origins=packs.origins,
        headings=packs.headings,
        codes=Codes(
            timed=frozenset(packs.codes.get("timed", ())),
            untimed=frozenset(packs.codes.get("untimed", ())),
            usual=frozenset(packs.codes.get("usual", ())),
            modality=frozenset(packs.codes.get("modality", ())),
            stimulation=frozenset(packs.codes.get("stimulation", ())),
            together=frozenset(packs.codes.get("together", ())),
            in_metres=frozenset(packs.codes.get("in_metres", ())),
            alike=frozenset(frozenset(pair) for group, pair in packs.codes.items() if group.startswith("alike/")),
            speaks_for=_by_member(packs.codes, "class/"),
            small=_by_member(packs.codes, "small/"),
            titles=_by_member(packs.codes, "title/"),
        ),
        digest=digest,
        matcher=make_matcher(packs.phrases),
    )


def _by_member(lists: Mapping[str, Sequence[str]], family: str) -> Mapping[str, str]:
    """What stands behind ``family`` in the name of a list, by each member of it."""
    return {
        member: group.removeprefix(family)
        for group, listed in lists.items()
        if group.startswith(family)
        for member in listed
    }
