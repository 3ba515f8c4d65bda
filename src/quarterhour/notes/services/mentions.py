"""Numbers of minutes in a note, and which of them can be a service's.

A number that belongs to something else (a walk test, a hold, a rest, a delay, homework, the criterion of a goal, a
tolerance, a frequency) is found too, but not usable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec.structs import replace

from quarterhour.notes.figures.durations import HOURS, minutes_of
from quarterhour.notes.figures.numbers import NUMBER, value_of
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.spans import Spans

_LEAST, _MOST = 5, 240  # minutes of a service
_WIDE: Final = 40  # code points before a number that tell what it is of


class Mention(msgspec.Struct, frozen=True, order=True, gc=False):
    """A number of minutes at [start, end). ``first`` is where a corrected one began ("fifteen, no, eighteen"); the
    flags say whether the words before and after let it be a service's. ``unit`` is "min", or "h", "m" or "form" where
    the number is minutes of a service only directly beside its label.
    """

    start: int
    end: int
    value: int
    fits_before: bool
    fits_after: bool
    first: int
    unit: str = "min"

    @property
    def usable(self) -> bool:
        """Nothing around it says that it belongs to something else."""
        return self.fits_before and self.fits_after


def find_mentions(document: Document) -> list[Mention]:
    """Every number of minutes in the text, in order; of a corrected one only the last stands."""
    low = document.low
    found = _with_shared_unit(low, _with_unit(low))
    found.extend(_with_apostrophe(low))
    found.extend(_metres(low))
    found.extend(_watched(low))
    if "hour" in low or _HR.search(low) is not None:
        hours = list(_hours(low))
        inside = Spans((hour.start, hour.end) for hour in hours)
        found = [mention for mention in found if not inside.meeting(mention.start, mention.end)]
        found.extend(hours)
    found.sort()
    return found


_HR: Final = folded(r"h(?<![a-z]h)r")


def _with_unit(low: str) -> list[Mention]:
    """Numbers before "min", or behind it as in a form."""
    found: list[Mention] = []
    for match in _MINUTE.finditer(low):
        place = match.start()
        amount = _AMOUNT.search(low, max(0, place - 26), place)
        if amount is None or _COUNTED.search(low, max(0, amount.start(1) - 10), amount.start(1)):
            form = _FORM.match(low, place) or _FORM_OF.match(low, place)
            if form is not None and _LEAST <= int(form[1]) <= _MOST_IN_FORM:
                found.append(Mention(form.start(1), form.end(), int(form[1]), True, True, form.start(1), "form"))
            continue
        value = value_of(amount[1])
        if value is None:
            continue
        start = amount.start(1)
        first = _begun(low, start, value)
        share = _SHARE_OF.search(low, max(0, start - 24), start) if low.endswith(("e ", " of "), 0, start) else None
        if share is not None and _LEAST <= (part := value_of(share[1]) or 0) < value:
            value, start, first = part, share.start(1), share.start(1)
        while found and found[-1].start >= first:
            found.pop()
        found.append(_mention(low, start, match.end(), value, first))
    return found


_MINUTE: Final = folded(r"min(?:ute)?s?(?![a-z])")
_AMOUNT: Final = folded(
    rf"(?<![a-z0-9])(?<!\d:)(?:(?<![a-z]-)|(?<=\bg[pon]-)|(?<=\bkx-)|(?<=\bc[oq]-))(?<!(?<!\d\d\d\d)\d[./])(?:~|x|@)?\(?({NUMBER})\)?"
    r"(?:[ -]{0,2}|_{1,6} ?)$"
)
_COUNTED: Final = folded(r"\b(?:qty|quantity|count)[ :=]{1,2}$|(?<!\d )(?<!\d)\bunits?[ :=]{1,2}$")
# The unit before the figure, as in a form: "Min 25", "Minutes: 25".
_FORM: Final = folded(
    r"min(?:ute)?s?\.?[ ]?[:=]?[ ]?(\d{1,3})(?=[ \t]*(?:\r?\n|$|[,;|)\]/:+&(]|-(?! ?\d)|qty|units?\b|u ?[:=]|and\b|cpt|"
    r"(?:97|92)\d{3}|[ ]{2}|\.(?!\d)))"
)
# The service between the two, as an addendum names it: "Minutes for self-care were left blank: 16".
_FORM_OF: Final = folded(
    r"min(?:ute)?s? (?:for|of|under|on) [^.;:\n\d]{3,40} (?:were|was|are|is|should|left|omitted|missing)"
    r"[^.;:\n\d]{0,30}?(?::| be| read| is| are) (\d{1,3})(?=\.?(?:\s|$)|[,;)])"
)
_MOST_IN_FORM: Final = 180
# "took 24 of the 39 minutes": the first is the service's.
_SHARE_OF: Final = folded(rf"(?<![\w./:-])({NUMBER}) (?:out )?of (?:(?:the|these|those) )?$")


def _begun(low: str, start: int, value: int) -> int:
    """Where what tells the ``value`` at ``start`` begins: "fifteen, no, eighteen", "forty (40)"."""
    if low[start - 1 : start] == "(":
        twice = _TWICE.search(low, max(0, start - 24), start)
        if twice is not None and value_of(twice[1]) == value:
            return twice.start()
    before = max(0, start - _WIDE)
    if low[before:start].rstrip(", ").endswith(_TAKEN_BACK):
        correction = _CORRECTED.search(low, before, start)
        if correction is not None:
            return correction.start()
    return start


_TWICE: Final = folded(rf"(?<![a-z0-9])({NUMBER}) ?\($")
# How the words that take back a number end.
_TAKEN_BACK: Final = (
    "no",
    "oh",
    "sorry",
    "correction",
    "wait",
    "mean",
    "meant",
    "that",
    "rather",
    "actually",
    "me",
    "read",
    "be",
    "been",
    "say",
    "to",
)
_CORRECTED: Final = folded(
    rf"({NUMBER})(?: min(?:ute)?s?)?,? (?:(?:and )?(?:should (?:read|be|have been|say)|corrected to|changed to) $|"
    rf"(?:(?:no|oh|sorry|correction|wait|i mean|i meant|make that|scratch that|rather|"
    r"actually|excuse me|no wait|let me correct that)[, ]+){1,3}$)"
)


def _with_shared_unit(low: str, found: list[Mention]) -> list[Mention]:
    """``found``, and numbers whose unit is said once: "Forty-five minutes of evaluation and fifteen of self-care",
    "forty minutes, thirty of them exercise".
    """
    more: list[Mention] = []
    for place, mention in enumerate(found):
        match = _SHARED.match(low, mention.end)
        border = found[place + 1].first if place + 1 < len(found) else len(low)
        if (
            match is not None
            and match.end() < border
            and (value := value_of(match[1])) is not None
            and _LEAST <= value <= _MOST_SHARED
        ):
            more.append(_mention(low, match.start(1), match.end(1), value, match.start(1)))
        shares = _OF_THEM.match(low, mention.end)
        if shares is not None and shares.end() <= border:
            more.extend(_shares(low, shares, mention.value))
    return sorted([*found, *more]) if more else found


_MOST_SHARED: Final = 90
_SHARED: Final = folded(
    rf"(?: (?:went|were (?:spent|given)))?(?: of| to| for| on) (?:[^.;:\n\d]|\(\d{{5}}\)){{2,70}}?"
    rf"(?:,|,? and|,? (?:and )?then)(?: another| the (?:other|last|remaining))? ({NUMBER}) "
    r"(?=(?:(?:was|were|went) )?(?:of|to|on|for) [a-z])"
)


def _shares(low: str, match: re.Match[str], whole: int) -> Iterator[Mention]:
    """The numbers of ``match`` that are parts of the ``whole``."""
    for name, end in (("share", match.end("of")), ("other", match.end("other"))):
        value = value_of(match[name]) if match[name] else None
        if value is not None and _LEAST <= value < whole:
            yield _mention(low, match.start(name), end, value, match.start(name))


_OF_THEM: Final = folded(
    rf"(?: (?:total|in all|altogether))?,? (?P<share>{NUMBER})(?P<of> of (?:them|which|these|those))(?= )"
    rf"(?:(?: [a-z-]+){{1,6}},? and (?P<other>{NUMBER})(?= [a-z]))?"
)


def _mention(low: str, start: int, end: int, value: int, first: int) -> Mention:
    """A number with its unit at [start, end), and whether the words around it let it be a service's."""
    after = 0 < value <= _MOST and _NOT_AFTER.match(low, end) is None
    return Mention(start, end, value, _NOT_BEFORE.search(low, max(0, first - _WIDE), first) is None, after, first)


#: What may not follow a number of minutes that is a service's.
_NOT_AFTER: Final = folded(
    r"[ -]{0,2}(?:(?:unit(?!:)|increment|block)s?\b(?! ?[:=\d])|x ?\d+ ?(?:x|/|per )?(?:/| per | a |each )?(?:day|wk|"
    r"week)|(?:seated |standing "
    r"|sitting |water |short )?(?:rest|break|recess|pause)s?\b|walk(?: test)?\b(?!ing)|hold|"
    r"delay|drive|late\b|early\b|each\b|a day|tolerance\b|until\b|helps?\b|helped\b|by (?:her |his |the )?(?:daughter|"
    r"son|wife|husband|aide|mother|father|family|nurse)\b|"
    r"on (?:the )?(?:weekends?|off days|mon|tue|wed|thu|fri|sat|sun)|at the (?:y|gym|spa)\b|an? (?:night|evening|"
    r"morning)|/ ?(?:day|night)"
    r"|per (?:day|night)|nightly|daily|ago\b|"
    r"(?:before|prior(?: to)?|after)\b(?! ?(?:[.,;=)|\n]|$)| (?:the |her |his )?(?:treatment|tx|rx|session|visit|"
    r"therapy|ex\w*|ther|"
    r"manual|"
    r"activit|stretch|gait))|later\b|earlier\b|on/off|timer|wait|ride\b|commute|of (?:standing|"
    r"walking|sitting|rest|kitchen|work|housework|driving|cooking|her|his|the (?:morning|day))"
    r"|without|while (?:walking|standing)|x ?/|in (?:the )?morning|appointment|"
    r"(?:2|3|4|two|three|four|five|six|twice)?(?: ?x| times) ?(?:/|per|a|daily|day)|to (?:set "
    r"up|change|settle|park)|test\b|sessions?\b (?:planned|x|\d)|of rest|off task|from (?:her|"
    r"his) (?:house|home))"
)
#: What may not stand directly before it.
_NOT_BEFORE: Final = folded(
    r"\b(?:each|ea|per|rest(?:ed|ing)?|break|waited|wait|paused?|after|within|for at least|at least|less "
    r"than|under|every|tolerat\w* (?:standing|sitting|walking|up to)|stand(?:s|ing)?(?: tolerance)?|"
    r"sit(?:s|ting)?(?: tolerance)?|walk(?:ed|s|ing)?|hold(?:s|ing)?|held|late(?: by)?|arrived|"
    r"delay(?:ed)?(?: of)?|"
    r"wakes?|woke|sleeps?|pain (?:at|after)|homework|practice|daily|started?|last|first|next|"
    r"in|can|up to|(?<!corrected )(?<!amended )(?<!changed )(?<!came )(?<!ran )(?<!comes )to|than|drives?|drove|recess|"
    r"missed|past|lasting|lasts|"
    r"stopped at|from|of "
    r"\w+ at|latency|endurance|cook(?:s|ed)?|watch|endures?|sat|lain|lying|by|seated|kneel\w*|"
    r"symptoms?) (?:x ?|for |about |around |approximately |up to |only |the |another |a )*$"
)


def _with_apostrophe(low: str) -> Iterator[Mention]:
    """Numbers with the sign for minutes: "25'"."""
    for mark in _APOSTROPHE.finditer(low) if "'" in low else ():
        amount = _FEW.search(low, max(0, mark.start() - 2), mark.start())
        if amount is None or low.startswith((" walk", " height"), mark.end()):
            continue
        if int(amount[1]) >= _LEAST:
            yield Mention(amount.start(), mark.end(), int(amount[1]), True, True, amount.start())


_APOSTROPHE: Final = folded(r"'(?<=\d')(?![\d'\w])")
_FEW: Final = folded(r"(?:(?<![\w./:-])|(?<=x)|(?<=[a-z]/)|(?<=\d{5}[/-]))(\d{1,2})$")


def _metres(low: str) -> Iterator[Mention]:
    """Minutes that may be metres, "25m": a service's only directly beside its label."""
    for match in _METRES.finditer(low):
        amount = _FEW.search(low, max(0, match.start() - 3), match.start() - (low[match.start() - 1] == " "))
        if (
            amount is not None
            and _LEAST <= int(amount[1]) <= _MOST_METRES
            and _NOT_AFTER.match(low, match.end()) is None
        ):
            yield Mention(amount.start(), match.end(), int(amount[1]), True, True, amount.start(), "m")


_MOST_METRES: Final = 90
_METRES: Final = folded(r"m(?![\w/'^²-])(?:(?<=\dm)|(?<=\d m))")


def _watched(low: str) -> Iterator[Mention]:
    """Minutes as a watch shows them, "0:25" or ":25": a service's only directly beside its label."""
    for match in _WATCH.finditer(low):
        start = match.start() - low.startswith("0:", match.start() - 1) if match.start() else 0
        if (
            low[start - 1 : start].strip("(|=x@[\t\n ")
            or int(match[1]) < _LEAST
            or _DOSE.search(low, max(0, start - 6), start)
        ):
            continue
        yield Mention(start, match.end(), int(match[1]), True, True, start, "form")


_WATCH: Final = folded(r":([0-5]\d)(?![\d:%]|\.\d| ?[ap]\.?m?\b| ?-| to )")
_DOSE: Final = folded(r"\d ?x ?$|held |hold ")  # "10 x :10": holds of ten seconds


def _hours(low: str) -> Iterator[Mention]:
    """Lengths in hours; in figures they are a service's only directly beside its label."""
    for match in _HOURS.finditer(low):
        value = minutes_of(match[0])
        if value is not None:
            mention = _mention(low, match.start(), match.end(), value, match.start())
            yield mention if _SPELLED.match(match[0]) else replace(mention, unit="h")


_HOURS: Final = folded(rf"(?<![\w./:-]){HOURS}")
_SPELLED: Final = folded(r"(?:an|half|(?:a )?quarter|three|one)\b")
