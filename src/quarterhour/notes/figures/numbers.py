"""Numbers of a note: digits and number words, and dates. Pure functions over the folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from quarterhour.notes.wording.lexicon import NUMBER_WORDS
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.text import Source

#: One word of a number, without groups.
WORD: Final = "(?:" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + ")"
#: A number of minutes in digits or words ("45", "forty-five"), without groups.
NUMBER: Final = rf"(?:\d{{1,3}}|{WORD}(?:[ -]{WORD})?)"
_MONTHS: Final = {
    name: place
    for place, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_NUMERIC_DATE: Final = folded(
    r"(?<![\d/.-])(?:(?P<iy>20\d\d)(?P<is>[/-])(?P<im>[01]?\d)(?P=is)(?P<id>[0-3]?\d)|"
    r"(?P<m>1[0-2]|0?[1-9])(?P<sep>[/-])"
    r"(?P<d>[0-3]?\d)(?:(?P=sep)(?P<y>\d{4}|\d\d))?|"
    r"(?P<pm>1[0-2]|0?[1-9])\.(?P<pd>[0-3]?\d)\.(?P<py>20\d\d))(?![\d/%-]|\.\d)"
)
#: The name of a month.
MONTH_NAME: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NAMED_DATE: Final = folded(
    rf"(?P<name>{MONTH_NAME})\.? (?:the )?(?P<day>\d{{1,2}}|{WORD}|[a-z]+(?:th|st|nd|rd))(?:st|nd|"
    rf"rd|th)?(?![a-z\d:]| ?(?:x ?\d|sets?\b|reps?\b))(?:,? ?(?P<year>20\d\d)(?![\d/-]))?"
)
_DAY_FIRST: Final = folded(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:(?:st|nd|rd|th)?(?: of)? |-)(?P<name>{MONTH_NAME})(?![a-z])"
    r"(?:(?:\.?,? |-)(?P<year>20\d\d)(?![\d/-]))?"
)
_LONGEST_DAY: Final = len("31st of ")
_ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
}


class Date(msgspec.Struct, frozen=True, order=True, gc=False):
    """A day named in the text; ``year`` is 0 when it is not written."""

    start: int
    end: int
    year: int
    month: int
    day: int


def value_of(words: str) -> int | None:
    """The number that digits or number words say, or None: "38", "thirty-eight", "one hundred" is not read."""
    if words.isdecimal():
        return int(words)
    total = 0
    for word in words.replace("-", " ").split():
        value = NUMBER_WORDS.get(word)
        if value is None or (total and (total % 10 or total < 20 or value > 9)):
            return None
        total += value
    return total


def find_dates(source: Source, months: Sequence[int]) -> list[Date]:
    """Days named in digits or with the name of the month; ``months`` are the places of names of months.

    Fractions such as 3/10 are left out where the words around speak of a score.
    """
    low = source.low
    found: list[Date] = []
    for place in _between_figures(low):
        start = place - 1
        while start >= 0 and low[start].isdecimal():
            start -= 1
        match = _NUMERIC_DATE.match(low, start + 1)
        if match is None:
            continue
        year, month = int(match["iy"] or match["y"] or match["py"] or 0), int(match["im"] or match["m"] or match["pm"])
        day = int(match["id"] or match["d"] or match["pd"])
        if not year and _is_fraction(low, match, day):
            continue
        if 0 < year < _CENTURY:
            year += _THIS_CENTURY
        if 1 <= month <= _MONTHS_A_YEAR and 1 <= day <= _MONTH_DAYS:
            found.append(Date(match.start(), match.end(), year, month, day))
    for place in months:
        named = _NAMED_DATE.match(low, place) or _day_first(low, place)
        if named is None:
            continue
        said = named["day"]
        day = int(said) if said.isdecimal() else NUMBER_WORDS.get(said, _ORDINALS.get(said, 0))
        if 1 <= day <= _MONTH_DAYS:
            found.append(Date(named.start(), named.end(), int(named["year"] or 0), _MONTHS[named["name"]], day))
    found.sort()
    return found


def _day_first(low: str, place: int) -> re.Match[str] | None:
    """The date whose month is named at ``place``, behind its day: "9 June 2026", "09-Jun-2026"."""
    found = (_DAY_FIRST.match(low, start) for start in range(max(0, place - _LONGEST_DAY), place))
    return next((match for match in found if match is not None and match.start("name") == place), None)


_CENTURY, _THIS_CENTURY = 100, 2000  # "26" is 2026
_MONTHS_A_YEAR: Final = 12
_MONTH_DAYS: Final = 31


def _between_figures(low: str) -> Iterator[int]:
    """Places of slashes and dashes with a figure on either side; of points too, where a year may stand behind one."""
    for sign in "/-." if ".20" in low else "/-":
        place = low.find(sign, 1)
        while place >= 0:
            if low[place - 1].isdecimal() and low[place + 1 : place + 2].isdecimal():
                yield place
            place = low.find(sign, place + 1)


def _is_fraction(low: str, match: re.Match[str], day: int) -> bool:
    """Two figures without a year are no day: "1/2", "4-5", "pain 3/10"."""
    start = match.start()
    if match[0] in _FRACTIONS and not low.endswith(("on ", "since ", "by "), 0, start):
        return True
    return match["sep"] == "-" or _looks_like_score(low, start, match.end(), day)


_FRACTIONS: Final = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4"})


def _looks_like_score(low: str, start: int, end: int, whole: int) -> bool:
    """A fraction of ``whole``: n/10 and n/5 beside a word of pain or strength, or followed by what was counted."""
    if int(low[start:end].partition("/")[0]) > whole:
        return False
    before = low[max(0, start - _WORDS) : start]
    if before.endswith("from ") and (_OF_TRIES.match(low, end) or _rises_to(low, before, end, whole)):
        return True
    if _is_counted(low, start, end) or _is_tally(low, start, end):
        return _BEFORE_DATE.search(before) is None
    if whole not in _WHOLES or _BEFORE_DATE.search(before):
        return False
    if _AFTER_SCORE.match(low, end) or _BEFORE_SCORE.search(before):
        return True
    return whole in _RATED and not before.endswith((" on ", " since ", " by ", " until ", " through "))


def _rises_to(low: str, before: str, end: int, whole: int) -> bool:
    """It went from this fraction to another of the same whole: "improved from 4/10 to 8/10"."""
    risen = _TO_FRACTION.match(low, end)
    return risen is not None and int(risen[1]) == whole and _CHANGED.search(before) is not None


_TO_FRACTION: Final = folded(r" (?:[a-z]+ ){0,2}to \d{1,2}/(\d{1,2})(?![\d/])")
_CHANGED: Final = folded(
    r"\b(?:improv|increas|decreas|progress|reduc|advanc|chang)[a-z]*(?: [a-z]+)? from $|"
    r"\b(?:rose|fell|went|dropped|up|down) from $"
)
_OF_TRIES: Final = folded(
    r" (?:reps?|trials|tries|attempts|correct|opportunities|opps|words|items|targets|sips|bites|swallows|sentences|"
    r"turns|entries|accura\w+|lifts|steps|catches|throws)\b"
)
_WORDS: Final = 30  # code points before a fraction that tell what it is
_WHOLES: Final = frozenset({3, 4, 5, 6, 7, 8, 10, 12, 15, 20})  # that scales and tests count up to
_RATED: Final = (5, 10)  # what strength and pain are rated by
_BEFORE_DATE: Final = folded(
    r"(?:\bon|since|by|until|through|date:?|dos:?|eval|tried|last|seen|visit|next:?|sun|mon|"
    r"tue|wed|thu|fri|sat|from) $|20\d\d-$"
)
_BEFORE_SCORE: Final = folded(
    r"(?:pain|fatigue|nprs|vas|rpe|borg|mmt|strength|grip|berg|tone|dyspnea|rated|level|ache|"
    r"at|to|of|was|soreness|tingling|heaviness|discomfort|dizziness|stiffness|score|scored|"
    r"correct|:|,)[ :]*(?:\d{1,2}(?:/\d+)?(?:-| to |, |; |->| -> ))?$"
)
_AFTER_SCORE: Final = folded(
    r" ?(?:pain|items|targets|sips|bites|swallows|sentences|naming|tries|stairs|transfers|trials|correct|words|reps|"
    r"entries|opportunities|accura|strength|attempts|at "
    r"(?:worst|rest|best|the)|on (?:arrival|leaving|\d)|with|after|before|during|in,|out|rest|"
    r"best|worst|grip|items|or less|or better|turns|sounds|at)"
)


def _is_counted(low: str, start: int, end: int) -> bool:
    """The day of the score or what was counted stands behind it: "8/16 on 2026-02-12", "retelling 5/8 parts"."""
    if _OF_A_DAY.match(low, end):
        return True
    return low.endswith(_LETTERS, 0, start) and _COUNTED.match(low, end) is not None


_OF_A_DAY: Final = folded(r" (?:on|at) (?:1?\d/\d|20\d\d[/-]|eval\w*\b|soc\b|start\b|intake\b)")
_COUNTED: Final = folded(
    r" (?!this|was|has|is|does|pts|lbs|mins|secs|reps)[a-z]{3,}s(?=[.,;)]|$|\n| (?:on|to|for|in|at|with|"
    r"before) )"
)
_LETTERS: Final = tuple(f"{letter} " for letter in "abcdefghijklmnopqrstuvwxyz")


def _is_tally(low: str, start: int, end: int) -> bool:
    """A fraction of tries: of those that took a cue ("verbal cue to hold 4/15"), or one that closes its part of a line
    beside another that no calendar has ("naming 15/20, finding entries 11/12"), or tells all of them ("independent
    6/6"). A day may be written with a nought.
    """
    part, _, whole = low[start:end].partition("/")
    if part[0] == "0" or whole[0] == "0":
        return False
    if _CUED.search(low, max(0, start - _CLAUSE), start) is not None:
        return True
    if not low.endswith(_LETTERS, 0, start) or _CLOSED.match(low, end) is None:
        return False
    if part == whole:
        return _LEVELLED.search(low, max(0, start - _CLAUSE), start) is not None
    opening, border = max(0, start - _BESIDE), min(len(low), end + _BESIDE)
    opening = 1 + max(opening - 1, low.rfind("\n", opening, start))
    line_end = low.find("\n", end, border)
    for other in _TALLY.finditer(low, opening, border if line_end < 0 else line_end):
        given, of = int(other[1]), int(other[2])
        if given <= of and (given > _MONTHS_A_YEAR or of > _MONTH_DAYS) and of % _TEN == 0:
            return True
    return False


_CLAUSE: Final = 40  # code points of a part of a sentence that are looked through
_BESIDE: Final = 80
_TEN: Final = 10
_CUED: Final = folded(
    r"\b(?:cues?|cue[id]ng|cuing|prompts?|prompting|reminders?|vcs?|tcs?)\b(?: (?:to|for|at|in|of) [^.;,:(\n]{1,24})? $"
)
_LEVELLED: Final = folded(
    r"\b(?:independent(?:ly)?|ind|indep|alone|unaided|unassisted|correct(?:ly)?|assist|sba|cga) $"
)
_CLOSED: Final = folded(r"(?=[.,;)\n]|$)")
_TALLY: Final = folded(r"(?<=[a-z] )(\d{1,2})/(\d{2})(?![\d/])")
