"""Clock times and procedure code numbers in words: "nine ten to nine fifty-five", "from ten past two to seven minutes
to three", "ninety-seven five thirty".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quarterhour.notes.figures.clocks import FIRST_HOUR, HALF_DAY, Clock
from quarterhour.notes.figures.durations import LONGEST_VISIT
from quarterhour.notes.figures.numbers import WORD, value_of
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, NUMBER_WORDS, Hit
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.text import Source

_SPOKEN: Final = folded(
    rf"(?P<h>{WORD})(?: (?P<m>(?:oh )?{WORD}(?:[ -]{WORD})?)| o'clock)?,? (?:(?:a|p) ?m )?(?:to|until|(?:and )?"
    rf"(?:ended|ending|end|stopped|finished|finish|done|left|departed|out)(?: at)?) (?P<h2>{WORD}|noon)"
    rf"(?: (?P<m2>(?:oh )?{WORD}(?:[ -]{WORD})?|o'clock))?\b(?! (?:past|after) )"
)


def find_spoken_clocks(source: Source, hits: Sequence[Hit]) -> list[Clock]:
    """Clock ranges in words, "nine ten to nine fifty-five", looked for only where number words stand.

    "three to four" is a range of clock times only after "from" and with minutes on one side.
    """
    low = source.low
    found: list[Clock] = []
    bit = BIT["number"]
    border = -1
    for hit in hits:
        if not hit.mask & bit or hit.start < border:
            continue
        match = _SPOKEN.match(low, hit.start)
        if match is None or low.endswith(_HAND, 0, match.start()):
            continue
        first, last = match["m"], match["m2"]
        if last is None and first is not None and (value_of(first.removeprefix("oh ")) or 0) < 5:
            continue  # "two three to four" are no hours
        bare = first is None and last is None and match["h2"] != "noon"
        if bare or (first is None and "o'clock" not in match[0] and not _told_as_hours(low, match)):
            continue
        clock = None if _COUNTED_BEHIND.match(low, match.end()) else _said(match, first, last)
        if clock is not None:
            found.append(clock)
            border = match.end()
    return found


_HAND: Final = (" past ", " after ")  # "ten past four until five": the range begins before
_HOURS_BEFORE: Final = ("from ", "in at ")
_PART_OF_DAY: Final = folded(r",? (?:this (?:morning|afternoon)|in the (?:morning|afternoon)|[ap] ?\.?m\b)")


def _told_as_hours(low: str, match: re.Match[str]) -> bool:
    """Words around a range of bare hours tell that it is one: "from three to four thirty", "eight to eight fifty this
    morning".
    """
    return low.endswith(_HOURS_BEFORE, 0, match.start()) or (
        match["m2"] is not None and _PART_OF_DAY.match(low, match.end()) is not None
    )


# What is counted, not read off a clock: "nine forty to ten ten times".
_COUNTED_BEHIND: Final = folded(
    r" (?:times|reps|repetitions|feet|steps|words|trials|percent|degrees|pounds|seconds|sets|points|out of)\b"
)


def _said(match: re.Match[str], first: str | None, last: str | None) -> Clock | None:
    hour, hour2 = value_of(match["h"]), _hour(match["h2"])
    minute = value_of(first.removeprefix("oh ")) if first else 0
    minute2, end = (0, match.end()) if not last or last == "o'clock" else _minute_and_end(match, last)
    if hour is None or hour2 is None or minute is None or minute2 is None:
        return None
    if not (0 < hour < 13 and 0 < hour2 < 13 and minute < 60 and minute2 < 60):
        return None
    begin = (hour % 12) * 60 + minute + (HALF_DAY if hour < FIRST_HOUR or hour == 12 else 0)
    finish = (hour2 % 12) * 60 + minute2
    if finish < begin:
        finish += HALF_DAY
    return Clock(match.start(), end, begin, finish) if 0 < finish - begin <= LONGEST_VISIT else None


def _minute_and_end(match: re.Match[str], last: str) -> tuple[int | None, int]:
    """The minute of the end, and where it ends: of two words that make no number the second opens what is told next,
    "to ten ten thirty minutes".
    """
    said = last.removeprefix("oh ")
    value = value_of(said)
    if value is not None or " " not in said:
        return value, match.end()
    word = said.partition(" ")[0]
    return value_of(word), match.end() - (len(said) - len(word))


# A time told by the hands of the clock: "ten past two", "seven minutes to three", "half past nine", "a quarter to ten".
_HANDS: Final = folded(
    rf"(?P<amount>half|(?:a )?quarter|{WORD}(?:[ -]{WORD})?)(?: minutes?)? (?P<side>past|after|to|before|till|of) "
    rf"(?P<hour>{WORD}|noon|midday)\b(?! (?:minutes?|times|reps|of|out of|past|after)\b)"
)
_PLAIN: Final = folded(rf"(?P<hour>{WORD})(?: o'clock| (?P<minute>(?:oh )?{WORD}(?:[ -]{WORD})?))?\b")
_BEGUN: Final = folded(r"\b(?:at|from|between|started|began|begun|start|starting|in|arrived|seen|time) $")
_THEN: Final = (
    r",? (?:and )?(?:(?:we |she |he |i )?(?:finished|ended|stopped|left|departed|finish|end|ending|out|done|wrapped up)"
    r"(?: at| by)?|to|until|till|and) "
)
_ENDED: Final = folded(_THEN)
_PLAIN_BEFORE: Final = folded(
    rf"\b(?:at|from|between|started|began|in) (?P<hour>{WORD})(?: o'clock| (?P<minute>(?:oh )?{WORD}(?:[ -]{WORD})?))?"
    rf"{_THEN}$"
)
_PLAIN_IN_DAY: Final = folded(
    rf"\b(?P<hour>{WORD})(?: o'clock| (?P<minute>(?:oh )?{WORD}(?:[ -]{WORD})?))? (?:in the|this) (?:morning|afternoon)"
    rf"{_THEN}$"
)
_HANDS_GATE: Final = gate(_HANDS)


def find_clocks_by_hands(source: Source, gates: int) -> list[Clock]:
    """Clock ranges of which an end is told by the hands: "from half past nine to ten fifteen"; ``gates`` are those of
    the note.
    """
    low = source.low
    found: list[Clock] = []
    if not gates & _HANDS_GATE:
        return found
    for match in _HANDS.finditer(low):
        opening = max(0, match.start() - _REACH)
        before = _PLAIN_BEFORE.search(low, opening, match.start()) or _PLAIN_IN_DAY.search(low, opening, match.start())
        if before is not None:
            opened = _by_hands(before["minute"] or "", "past", before["hour"])
            closed = _by_hands(match["amount"], match["side"], match["hour"])
            found += _range(before.start("hour"), match.end(), opened, closed)
            continue
        first, joined = _by_hands(match["amount"], match["side"], match["hour"]), _ENDED.match(low, match.end())
        if joined is None:
            continue
        second = _HANDS.match(low, joined.end())
        plain = _PLAIN.match(low, joined.end()) if second is None else None
        sure = second is not None or (plain is not None and plain[0].endswith("o'clock"))
        if not sure and _BEGUN.search(low, max(0, match.start() - 10), match.start()) is None:
            continue
        if second is not None:
            last, end = _by_hands(second["amount"], second["side"], second["hour"]), second.end()
        elif plain is not None:
            last, end = _by_hands(plain["minute"] or "", "past", plain["hour"]), plain.end()
        else:
            continue
        found += _range(match.start(), end, first, last)
    return found


_REACH: Final = 64  # code points of a plain time and what joins it to one told by the hands


def _range(start: int, end: int, first: int | None, last: int | None) -> list[Clock]:
    """The range at [start, end) of the text, or nothing where its ends are no visit's."""
    if first is None or last is None:
        return []
    begin = first + HALF_DAY if first < 60 * FIRST_HOUR else first
    finish = last + HALF_DAY if last <= begin else last
    return [Clock(start, end, begin, finish)] if 0 < finish - begin <= LONGEST_VISIT else []


def _by_hands(amount: str, side: str, said: str) -> int | None:
    """Minutes after midnight or noon, or None where the words are no time."""
    part = amount.removeprefix("a ").removeprefix("oh ")
    minute = {"half": 30, "quarter": 15, "": 0}.get(part)
    minute = value_of(part) if minute is None else minute
    hour = _hour(said)
    if minute is None or hour is None or not (0 < hour < 13 and minute < 60):
        return None
    return hour * 60 + (minute if side in ("past", "after") else -minute)


def _hour(said: str) -> int | None:
    """The hour that a number word says, or noon."""
    return 12 if said in ("noon", "midday") else value_of(said)


_DIGITS: Final = {"oh": 0, "zero": 0, **{word: value for word, value in NUMBER_WORDS.items() if value < 10}}
_DIGIT: Final = "(?:" + "|".join(sorted(_DIGITS, key=len, reverse=True)) + ")"
_CODE: Final = folded(
    rf"nine(?:ty)?[ -](?P<second>two|six|seven)[ ,-]{{1,2}}(?P<third>{_DIGIT})[ ,-]{{1,2}}(?:(?P<fourth>{_DIGIT})"
    rf"[ ,-]{{1,2}}(?P<fifth>{_DIGIT})|(?P<pair>{WORD}(?:[ -]{_DIGIT})?))\b(?! ?(?:percent|feet|degrees))"
)


def find_spoken_codes(low: str) -> list[tuple[int, int, str]]:
    """(start, end, code) of procedure codes in words: "ninety-seven five thirty", "nine two five oh seven"."""
    found: list[tuple[int, int, str]] = []
    if "nine" not in low:
        return found
    for match in _CODE.finditer(low):
        digits = _DIGITS[match["third"]]
        if match["pair"] is None:
            rest: int | None = 10 * _DIGITS[match["fourth"]] + _DIGITS[match["fifth"]]
        else:
            rest = value_of(match["pair"])
        if rest is not None and (match["pair"] is None or rest > 9):
            found.append((match.start(), match.end(), f"9{_DIGITS[match['second']]}{digits}{rest:02d}"))
    return found
