"""Numbers of a note: digits and number words, clock times and ranges, dates. Pure functions over the folded text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from quarterhour.notes.lexicon import NUMBER_WORDS
from quarterhour.notes.patterns import folded
from quarterhour.notes.text import Source

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
    r"(?<![\d/.-])(?:(?P<iy>20\d\d)-(?P<im>[01]?\d)-(?P<id>[0-3]?\d)|(?P<m>1[0-2]|0?[1-9])(?P<sep>[/-])"
    r"(?P<d>[0-3]?\d)(?:(?P=sep)(?P<y>\d{4}|\d\d))?)(?![\d/%-]|\.\d)"
)
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NAMED_DATE: Final = folded(
    rf"(?P<name>{_NAME})\.? (?:the )?(?P<day>\d{{1,2}}|{WORD}|[a-z]+(?:th|st|nd|rd))(?:st|nd|"
    rf"rd|th)?(?![a-z\d:])"
)
_DAY_FIRST: Final = folded(rf"(?<!\d)(?P<day>\d{{1,2}})[ -](?P<name>{_NAME})(?![a-z])")
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
_CLOCK = (
    r"(?P<{0}h>[01]?\d|2[0-3])(?:(?P<{0}c>:)(?P<{0}m>[0-5]\d)|(?P<{0}k>[0-5]\d)(?!\d))?(?::\d\d)? ?"
    r"(?P<{0}a>[ap]\.?m\.?|"
    r"[ap](?![a-z]))?"
)
_RANGE: Final = folded(
    r"(?<![\d:./-])"
    + _CLOCK.format("s")
    + (
        r"(?:h(?:rs?)?\b)? ?(?:-{1,2}>?|→|to|until|till|thru|through|and(?= \d\d?:\d\d)|\||/(?= \d{4}(?!\d)|"
        r" \d{1,2}:\d\d)|"
        r" {1,6}(?=\d{4}(?!\d)|\d{1,2}:\d\d)|,(?=\d\d?:\d\d))"
        r"[ ]?"
    )
    + _CLOCK.format("e")
    + r"(?![\d/:%]|-\d)"
)
# One set of characters comes first: the search stops nowhere else.
_TIME_TOKEN: Final = folded(
    r"[0-9](?:\d?:\d\d|\d\d\d?(?=[ \n\r/h-])|\d?(?= (?:to|until|-) \d\d?:\d\d)|\d? ?[ap](?:\.?m)?\b|"
    r"\d?-\d\d?:?\d* ?[ap]\.?m?\b|\d?-\d\d?:\d\d)"
)
_IN_CUE: Final = folded(
    r"\b(?:time ?in|ti|t/i|sign(?:ed)? in|clock(?:ed)? in|in|start(?:ed)?(?: time)?|begin(?:ning)?(?: time)?|began|"
    r"arrived?|arr|from)[ "
    r":@]{1,3}(?:at )?$"
)
# Both ends behind one label: "Start/stop: 0900/0953".
_BOTH_CUE: Final = folded(
    r"\b(?:start|in|on|arriv(?:ed|al)|arr|beg[ai]n|from|time) ?[/-] ?(?:stop|out|off|end(?:ed)?|left|dep(?:art\w*)?|"
    r"finish(?:ed)?|until|to)(?: times?)?[ :=]{1,3}$"
)
_YEAR: Final = folded(rf"\b(?:{_NAME})\.?,? ?-?(?:\d{{1,2}}(?:st|nd|rd|th)?,? ?)?$|\d[-./]$")
_SLASHED: Final = folded(_CLOCK.format("s") + " ?/ ?" + _CLOCK.format("e") + r"(?![\d/:%])")
_FROM: Final = ("from ", "seen ", "between ", "time: ", "time ")
_OUT: Final = folded(
    _CLOCK.format("s")
    + (
        r"[ ,;|/.\n\r-]{1,10}(?:and )?(?:(?:session|visit|treatment|tx|service|therapy|pt|ot|slp|st) )?(?:time ?out|"
        r"depart(?:ed|"
        r"s)?|dep|left|leaves|sign(?:ed)? out|clock(?:ed)? out|out|stop(?:ped)?(?: time)?|"
        r"end(?:ed)?(?: time)?|"
        r"finish(?:ed)?|to)[ :@]{1,3}(?:at )?"
    )
    + _CLOCK.format("e")
)


class Clock(msgspec.Struct, frozen=True, order=True, gc=False):
    """A range of clock times: [start, end) in the text, and its two ends in minutes after midnight."""

    start: int
    end: int
    begin: int
    finish: int

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.finish - self.begin


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


def hhmm(minutes: int) -> str:
    """Minutes after midnight as HH:MM."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minute_of_day(match: re.Match[str], which: str, other: str) -> tuple[int, bool] | None:
    hour = int(match[which + "h"])
    minute = int(match[which + "m"] or match[which + "k"] or 0)
    half = match[which + "a"]
    if half is not None:
        if hour > 12:
            return hour * 60 + minute, True
        hour = hour % 12 + (12 if half[0] == "p" else 0)
        return hour * 60 + minute, True
    military = match[which + "k"] is not None and len(match[which + "h"]) == 2
    return hour * 60 + minute, military or hour > 12


def _resolve(match: re.Match[str], afternoon: bool | None) -> tuple[int, int] | None:
    """Both ends in minutes of the day; an unmarked end takes the half of the marked one, else therapy hours (7 to
    18).
    """
    first, last = _minute_of_day(match, "s", "e"), _minute_of_day(match, "e", "s")
    if first is None or last is None:
        return None
    begin, begin_sure = first
    finish, finish_sure = last
    if not begin_sure and finish_sure:
        for choice in (begin + 720, begin):
            if choice < 1440 and 0 < finish - choice <= 300:
                begin = choice
                break
    elif begin_sure and not finish_sure:
        for choice in (finish, finish + 720):
            if 0 < choice - begin <= 300:
                finish = choice
                break
    elif not begin_sure:
        late = begin < 420 if afternoon is None else afternoon
        if late and begin < 720:
            begin += 720
        for choice in (finish, finish + 720):
            if 0 < choice - begin <= 300:
                finish = choice
                break
    if not 0 < finish - begin <= 300 or finish >= 1440:
        return None
    return begin, finish


def find_clocks(source: Source) -> list[Clock]:
    """Ranges of clock times, in order: 0930-0945, 9:30-9:45, 9:30a-9:45a, en dash, "time in … time out …", and
    spoken ones.
    """
    low = source.low
    afternoon = None if "am" in low or "a.m" in low or "pm" not in low else True
    found: list[Clock] = []
    border = -1
    for candidate in _TIME_TOKEN.finditer(low):
        start = candidate.start()
        if start < border:
            continue
        cue = _IN_CUE.search(low, max(0, start - 18), start)
        between = _OUT.match(low, start) if cue is not None else None
        match = between or _RANGE.match(low, start)
        if match is None and low.find("/", start, start + 9) > 0 and _BOTH_CUE.search(low, max(0, start - 20), start):
            match = _SLASHED.match(low, start)
        year = match is not None and match["sk"] is not None and low.startswith("20", start)
        if year and _YEAR.search(low, max(0, start - 20), start):
            continue  # "Nov 19, 2026 11:02": a day and the time of signing
        if match is None or (between is None and " and " in match[0] and not low.endswith("between ", 0, start)):
            continue
        if not (_is_clock(match) or (match["ec"] and (low.endswith(_FROM, 0, start) or _within_an_hour(match)))):
            continue
        ends = _resolve(match, None)
        if ends is None and afternoon:
            ends = _resolve(match, afternoon)
        if ends is not None:
            first = cue.start() if cue is not None and between is not None and low[cue.start()] not in "fa" else start
            found.append(Clock(first, match.end(), *ends))
            border = match.end()
    return found


def _is_clock(match: re.Match[str]) -> bool:
    """Both ends look like clock times: a colon, a half of the day, or four digits; "0-105", "5-10" and "80-150" do
    not.
    """
    shapes = []
    for which in "se":
        colon, joined, half = match[which + "c"], match[which + "k"], match[which + "a"]
        shapes.append(
            "colon"
            if colon
            else "half"
            if half
            else "joined"
            if joined and len(match[which + "h"]) == 2
            else "short"
            if joined
            else "bare"
        )
    first, last = shapes
    if "bare" in shapes:
        return "half" in shapes and first != last
    if "short" in shapes:  # three digits together: 930-1015 needs a sure partner
        return first == "joined" or last == "joined" or "half" in shapes
    return True


def _within_an_hour(match: re.Match[str]) -> bool:
    """Whether a bare hour is followed by a time of that hour or the next: "9-9:25"."""
    hour, ends = int(match["sh"]), int(match["eh"])
    return match["sk"] is None and 0 < hour < 13 and ends in (hour, hour % 12 + 1)


def find_dates(source: Source, months: Sequence[int]) -> list[Date]:
    """Days named in digits or with the name of the month; ``months`` are the places of names of months.

    Fractions such as 3/10 are left out where the words around speak of a score.
    """
    low = source.low
    found: list[Date] = []
    for mark in _SLASH.finditer(low):
        start = mark.start() - 1
        while start >= 0 and low[start].isdecimal():
            start -= 1
        match = _NUMERIC_DATE.match(low, start + 1)
        if match is None:
            continue
        if match["iy"]:
            year, month, day = int(match["iy"]), int(match["im"]), int(match["id"])
        else:
            year, month, day = int(match["y"] or 0), int(match["m"]), int(match["d"])
            if year and year < 100:
                year += 2000
            if not year and match[0] in _FRACTIONS and not low.endswith(("on ", "since ", "by "), 0, match.start()):
                continue
            if not year and (match["sep"] == "-" or _looks_like_score(low, match.start(), match.end(), month, day)):
                continue
        if 1 <= month <= 12 and 1 <= day <= 31:
            found.append(Date(match.start(), match.end(), year, month, day))
    for place in months:
        named = _NAMED_DATE.match(low, place) or _DAY_FIRST.search(low, max(0, place - 4), place + 10)
        if named is None:
            continue
        said = named["day"]
        day = int(said) if said.isdecimal() else NUMBER_WORDS.get(said, _ORDINALS.get(said, 0))
        if 1 <= day <= 31:
            found.append(Date(named.start(), named.end(), 0, _MONTHS[named["name"]], day))
    found.sort()
    return found


_SLASH: Final = folded(r"[/-](?<=\d.)(?=\d)")
_FRACTIONS: Final = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4"})
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


def _looks_like_score(low: str, start: int, end: int, first: int, second: int) -> bool:
    """A fraction: n/10 and n/5 beside a word of pain or strength, or followed by what was counted."""
    if second in (10, 5, 4, 3, 20, 12, 15, 8, 7, 6):
        before = low[max(0, start - 30) : start]
        if _BEFORE_DATE.search(before):
            return False
        if _AFTER_SCORE.match(low, end) or _BEFORE_SCORE.search(before):
            return True
        return second in (10, 5) and not before.endswith((" on ", " since ", " by ", " until ", " through "))
    return False


_BEFORE_DATE: Final = folded(
    r"(?:\bon|since|by|until|through|date:?|dos:?|eval|tried|last|seen|visit|next:?|sun|mon|"
    r"tue|wed|thu|fri|sat|from) $|20\d\d-$"
)
