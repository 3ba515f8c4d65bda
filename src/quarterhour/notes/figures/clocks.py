"""Clock times of a note and the ranges they make: 0930-0945, 9:30-9:45, 9.30-9.45, 9:30a-9:45a, "time in ... time out",
"arrived at ... and left at ...". Pure functions over the folded text.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from quarterhour.notes.figures.durations import LONGEST_VISIT
from quarterhour.notes.figures.numbers import MONTH_NAME
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.text import Source

#: A clock time; the names of its groups open with a letter of its own.
CLOCK: Final = (
    r"(?P<{0}h>[01]?\d|2[0-3])(?:(?P<{0}c>[:.h])(?P<{0}m>[0-5]\d)(?!\d)|"
    r"(?P<{0}k>[0-5]\d)(?!\d))?(?::\d\d)?(?:h(?:rs?)?\b|(?<=\d\d\d\d) hours\b)? ?"
    r"(?P<{0}a>[ap]\.?m\.?|"
    r"[ap](?![a-z]))?"
)
_RANGE: Final = folded(
    r"(?<![\d:./-])"
    + CLOCK.format("s")
    + (
        r" ?(?:-{1,2}>?|→|to|until|till|thru|through|and(?= \d\d?[:.h]?\d\d)|\||/(?= \d{4}(?!\d)|"
        r" ?\d{1,2}[:.h]\d\d)|"
        r" {1,6}(?=\d{4}(?!\d)|\d{1,2}:\d\d)|,(?=\d\d?:\d\d))"
        r"[ ]?"
    )
    + CLOCK.format("e")
    + r"(?![\d/%]|:\d|-\d)"
)
# One set of characters comes first: the search stops nowhere else.
_TIME_TOKEN: Final = folded(
    r"[0-9](?:\d?[:.h][0-5]\d(?!\d)|\d\d\d?(?=[ \n\r/h,;.|\]-])|\d?(?= (?:to|until|-) \d\d?:\d\d)|\d? ?[ap](?:\.?m)?\b|"
    r"\d?-\d\d?:?\d* ?[ap]\.?m?\b|\d?-\d\d?:\d\d)"
)
# Words for the visit itself, and what may stand between them and a time: "Session start time: at 9:05".
_NOUN: Final = (
    r"(?:session|visit|treatment|tx|services?|therapy|care|pt|ot|slp|st|appointment|appt|patient|time|"
    r"water|pool|room|clinic|gym|building|house|door)"
)
_AT: Final = rf"(?:(?:,?[ _](?:of |the )?){_NOUN}){{0,2}}(?: (?:at|was|is|around|about)){{0,2}}[ :=@(\[,-]{{1,3}}"
_IN_CUE: Final = folded(
    r"\b(?:time[ _]?in|ti|t/i|sign(?:ed)? ?-?in|clock(?:ed)? ?-?in|check(?:ed)? ?-?in|punch(?:ed)? in|in|on|"
    r"start(?:s|ed|"
    r"ing)?|"
    r"beg[aiu]n(?:ning|s)?|arrived?|arrives|arrival|arr|from|seen|open(?:ed|s)?|commenced?|connected|joined|"
    r"log(?:ged)? ?-?(?:in|on)|dialed in)" + _AT + r"\Z"
)
# Both ends behind one label: "Start/stop: 0900/0953".
_BOTH_CUE: Final = folded(
    r"\b(?:start|in|on|arriv(?:ed|al)|arr|beg[ai]n|from|time) ?[/-] ?(?:stop|out|off|end(?:ed)?|left|dep(?:art\w*)?|"
    r"finish(?:ed)?|until|to)(?: times?)?[ :=]{1,3}$"
)
# The words behind their times: "1300 in, 1344 out".
_IN_OUT: Final = folded(
    CLOCK.format("s")
    + r" ?(?:time )?(?:in|on|start(?:ed)?|arriv(?:ed|al)|began)\b[ ,;/|-]{1,4}"
    + CLOCK.format("e")
    + r" ?(?:time )?(?:out|off|end(?:ed)?|stop(?:ped)?|finish(?:ed)?|left|depart(?:ed)?)\b"
)
_YEAR: Final = folded(rf"\b(?:{MONTH_NAME})\.?,? ?-?(?:\d{{1,2}}(?:st|nd|rd|th)?,? ?)?$|\d[-./]$")
_SLASHED: Final = folded(CLOCK.format("s") + " ?/ ?" + CLOCK.format("e") + r"(?![\d/:%])")
_FROM: Final = ("from ", "seen ", "between ", "time: ", "time ")
_OUT: Final = folded(
    CLOCK.format("s")
    + rf"[ ,;|/.)\]\n\r-]{{1,10}}(?:(?:and|then|she|he|they|we|patient|pt) )*(?:{_NOUN} ){{0,2}}"
    + r"(?:time[ _]?out|depart(?:ed|s|ure)?|dep|left|leaves?|sign(?:ed)? ?-?out|clock(?:ed)? ?-?out|"
    + r"check(?:ed)? ?-?out|"
    r"punch(?:ed)? out|out|off|stop(?:s|ped)?|end(?:s|ed|ing)?|finish(?:ed|es)?|done|closed?|complet(?:ed|ion)|"
    r"disconnected|log(?:ged)? ?-?(?:off|out)|hung up|to)" + _AT + CLOCK.format("e")
)

#: Minutes of twelve hours.
HALF_DAY: Final = 720
_TWO_DIGITS: Final = 2
#: Nobody is treated before this hour: "6:30" by itself is in the afternoon.
FIRST_HOUR: Final = 7


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


def hhmm(minutes: int) -> str:
    """Minutes after midnight as HH:MM."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minute_of_day(match: re.Match[str], which: str) -> tuple[int, bool]:
    """Minutes after midnight of one end of a range ("s", "e"), and whether its half of the day is sure."""
    hour = int(match[which + "h"])
    minute = int(match[which + "m"] or match[which + "k"] or 0)
    half = match[which + "a"]
    if half is not None:
        if hour > 12:
            return hour * 60 + minute, True
        hour = hour % 12 + (12 if half[0] == "p" else 0)
        return hour * 60 + minute, True
    military = match[which + "k"] is not None and len(match[which + "h"]) == _TWO_DIGITS
    return hour * 60 + minute, military or hour > 12


def ends_of(first: re.Match[str], last: re.Match[str], afternoon: bool | None = None) -> tuple[int, int] | None:
    """Both ends in minutes of the day, of the clock "s" of ``first`` and the clock "e" of ``last``; an unmarked end
    takes the half of the marked one, else therapy hours (7 to 18). None where no visit lasts from one to the other.
    """
    begin, begin_sure = _minute_of_day(first, "s")
    finish, finish_sure = _minute_of_day(last, "e")
    if not begin_sure and finish_sure:
        late = begin + HALF_DAY
        begin = late if late < 2 * HALF_DAY and 0 < finish - late <= LONGEST_VISIT else begin
    elif not finish_sure:
        in_afternoon = begin < 60 * FIRST_HOUR if afternoon is None else afternoon
        if not begin_sure and in_afternoon and begin < HALF_DAY:
            begin += HALF_DAY
        late = finish + HALF_DAY
        fits = 0 < finish - begin <= LONGEST_VISIT
        finish = late if not fits and 0 < late - begin <= LONGEST_VISIT else finish
    if not 0 < finish - begin <= LONGEST_VISIT or finish >= 2 * HALF_DAY:
        return None
    return begin, finish


_NOON: Final = folded(r"\b(12 )?noon\b")


def find_clocks(source: Source) -> list[Clock]:
    """Ranges of clock times, in order: 0930-0945, 9:30-9:45, 9:30a-9:45a, en dash, "time in … time out …", and
    spoken ones.
    """
    low = source.low
    if " noon" in low:  # of the same length, so that places stay
        low = _NOON.sub(lambda match: "12:00pm" if match[1] else "12pm", low)
    afternoon = None if "am" in low or "a.m" in low or "pm" not in low else True
    found: list[Clock] = []
    border = -1
    for candidate in _TIME_TOKEN.finditer(low):
        start = candidate.start()
        if start < border:
            continue
        cue = _IN_CUE.search(low, max(0, start - 30), start)
        between = _OUT.match(low, start) if cue is not None else None
        match = between or _RANGE.match(low, start) or _IN_OUT.match(low, start)
        if match is None and low.find("/", start, start + 9) > 0 and _BOTH_CUE.search(low, max(0, start - 20), start):
            match = _SLASHED.match(low, start)
        year = match is not None and match["sk"] is not None and low.startswith("20", start)
        if year and _YEAR.search(low, max(0, start - 20), start):
            continue  # "Nov 19, 2026 11:02": a day and the time of signing
        if match is None or (between is None and " and " in match[0] and not low.endswith("between ", 0, start)):
            continue
        if "." in (match["sc"], match["ec"]) and not (between is not None or _dotted(low, match)):
            continue
        if not (_is_clock(match) or (match["ec"] and (low.endswith(_FROM, 0, start) or _within_an_hour(match)))):
            continue
        ends = ends_of(match, match)
        if ends is None and afternoon:
            ends = ends_of(match, match, afternoon)
        if ends is not None:
            first = cue.start() if cue is not None and between is not None and low[cue.start()] not in "fa" else start
            found.append(Clock(first, match.end(), *ends))
            border = match.end()
    return found


# What leads to clock times written with a full stop; decimals stand anywhere: "1.25-2.50".
_LEADS: Final = folded(
    rf"(?:^|[\n|;(\[*])[ \t]*\Z|\b(?:{_NOUN}|seen|from|between|at|@|duration|clock|hours?|start/(?:end|stop)|"
    rf"in/out)[ :=(]{{1,3}}\Z"
)
_SCALES: Final = folded(
    r"\b(?:speed|velocity|ratio|inr|grade|level|scores?|cut ?off|range|norms?|normal|ref(?:erence)?|temp|dose|power|"
    r"load)"
    r"\b[^.;\n]{0,12}\Z"
)
_MEASURED: Final = folded(r" ?(?:cm|mm|m\b|in\b|inch|kg|lb|mph|m/s|w/|mhz|hz|ml|s\b|sec|%|deg|x\b)")


def _dotted(low: str, match: re.Match[str]) -> bool:
    """Both ends are written with a full stop or a half of the day, where a range of clock times can stand."""
    if match["sa"] or match["ea"]:
        return True
    start = match.start()
    if match["sc"] != match["ec"] or _MEASURED.match(low, match.end()):
        return False
    if _LEADS.search(low, max(0, start - 14), start):
        return True
    even = match["sm"][1] in "05" or match["em"][1] in "05"
    return even and int(match["sh"]) > 0 and _SCALES.search(low, max(0, start - 24), start) is None


def _is_clock(match: re.Match[str]) -> bool:
    """Both ends look like clock times: a colon, a half of the day, or four digits; "0-105", "5-10" and "80-150" do
    not.
    """
    shapes = first, last = _shape(match, "s"), _shape(match, "e")
    if "bare" in shapes:
        return "half" in shapes and first != last
    if "short" in shapes:  # three digits together: 930-1015 needs a sure partner
        return first == "joined" or last == "joined" or "half" in shapes
    return True


def _shape(match: re.Match[str], which: str) -> str:
    """How one end of a range is written: 9:30, 9a, 0930, 930 or 9."""
    if match[which + "c"]:
        return "colon"
    if match[which + "a"]:
        return "half"
    if match[which + "k"]:
        return "joined" if len(match[which + "h"]) == _TWO_DIGITS else "short"
    return "bare"


def _within_an_hour(match: re.Match[str]) -> bool:
    """Whether a bare hour is followed by a time of that hour or the next: "9-9:25"."""
    hour, ends = int(match["sh"]), int(match["eh"])
    return match["sk"] is None and 0 < hour < 13 and ends in (hour, hour % 12 + 1)
