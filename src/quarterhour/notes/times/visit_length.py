"""The length of the visit where no word for a total tells it: "he was with us 45 minutes", "30 min" as a sentence of
its own, or the sum a list of services ends with ("TE 25, MT 15 = 40").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from quarterhour.notes.figures.durations import LONGEST_VISIT
from quarterhour.notes.figures.numbers import NUMBER, value_of
from quarterhour.notes.figures.statements import matches_at, numbers_before
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.mentions import Mention
from quarterhour.notes.services.services import OUTSIDE_VISIT, Service, minutes_of_all, minutes_told
from quarterhour.notes.times.told_of_visit import fits
from quarterhour.notes.wording.gates import openings
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.spans import Spans


class Length(NamedTuple):
    """The minutes of the visit, told at [start, end)."""

    value: int
    start: int
    end: int


def visit_length(
    document: Document,
    mentions: Sequence[Mention],
    services: Sequence[Service],
    taken: Sequence[tuple[int, int]],
    timed: int | None = None,
) -> Length | None:
    """The length of the visit, or None; ``services`` are those whose minutes were found, ``taken`` the places of
    figures that tell another time, ``timed`` the timed minutes if they are told.
    """
    return (
        _in_words(document, mentions, services, taken)
        or _present(document, max(timed or 0, minutes_told(services)))
        or _stayed(document, timed)
        or _added_up(document)
        or _parted(document)
    )


class _Told(NamedTuple):
    """A number of minutes that may be the visit's, with its sentence and what the note tells beside it.

    ``stated``: a service has its minutes; ``of_all`` are those of all services together, ``one_share``: no mode of
    delivery and no other discipline has a share of its own in the visit.
    """

    document: Document
    mention: Mention
    sentence: Sentence
    stated: bool
    of_all: int | None
    one_share: bool

    @property
    def before(self) -> str:
        """The words before it in its sentence."""
        first = max(self.sentence.start, self.mention.start - _WORDS_BEFORE)
        return self.document.low[first : self.mention.start]


_WORDS_BEFORE: Final = 48  # code points


def _in_words(
    document: Document, mentions: Sequence[Mention], services: Sequence[Service], taken: Sequence[tuple[int, int]]
) -> Length | None:
    """The first number of minutes that words around it, or its place, make the visit's."""
    low = document.low
    stated = any(service.minutes is not None for service in services)
    of_all = minutes_of_all(services, least=2)
    spans = Spans([*((service.start, service.end) for service in services), *taken])
    one_share = "group" not in low and len(set(_SHARES.findall(low))) < 2
    for mention in mentions:
        if not _FEWEST <= mention.value <= LONGEST_VISIT or spans.holds(mention.start):
            continue
        sentence = document.sentence_at(mention.start)
        if sentence is None or (sentence.section in OUTSIDE_VISIT and sentence.section != "plan"):
            continue
        told = _Told(document, mention, sentence, stated, of_all, one_share)
        ways = _ANYWHERE if sentence.section == "plan" else _OF_VISIT
        if any(way(told) for way in ways):
            return Length(mention.value, mention.first, mention.end)
    return None


_FEWEST: Final = 8  # a smaller figure is the time of one task
_SHARES: Final = folded(r"\b(pt|ot|slp|st)[ :]{1,2}(?:x ?)?\d+ ?min")


def _stands_alone(told: _Told) -> bool:
    """It is a line or a cell of its own: "30 min", "OT, 45 min"."""
    low, mention, start = told.document.low, told.mention, told.sentence.start
    return (
        _OPENING.fullmatch(low, start, mention.first) is not None
        and (not told.stated or mention.first > start + 1)
        and _ENDS_LINE.match(low, mention.end) is not None
    )


_OPENING: Final = folded(
    r"[ (*-]*(?:(?:about|approx\w*|roughly|ot|pt|slp|st|tx|rx|visit|seen|session)\b[ ,:]*|\d{4}[ ,]+|"
    r"\d{1,2}/\d{1,2}/\d{2,4} \()*"
)
_ENDS_LINE: Final = folded(r"(?=: ?(?:97|92)\d{3})|\) (?=[a-z])|[.)]?(?:[ \t]*(?:\r?\n|$|\|)|[ ]{2}|\. )")


def _is_sum(told: _Told) -> bool:
    """It is as long as all services together."""
    return told.mention.value == told.of_all and told.mention.usable


def _is_stay(told: _Told) -> bool:
    """Words before it tell that the patient was there: "he was with us 45 min"."""
    return _WITH_PATIENT.search(told.before) is not None


_WITH_PATIENT: Final = folded(
    r"\b(?:(?:was|were|been|stayed) (?:with (?:us|me|her|him)|in (?:the|her|his|their) \w+|here|there|at it|together)|"
    r"saw (?:\w+ ){1,3}for|in all (?:we |i )?(?:spent|was|it took|took)|(?:^|(?<=[.;:] ))(?:out )?of (?:the|her|"
    r"his|those|these|our)|shortened to|cut (?:short )?to|(?:visit|session|appointment) (?:length|of)|length) "
    r"(?:for |about |a total of |just |only )*$"
)


def _opens_account(told: _Told) -> bool:
    """It opens what is told of the visit: "35 minutes with him"."""
    low, mention = told.document.low, told.mention
    return (
        mention.usable
        and _WITH_HER.match(low, mention.end) is not None
        and _OPENING.fullmatch(low, told.sentence.start, mention.first) is not None
    )


_WITH_HER: Final = folded(r" with (?:him|her|them)\b")


def _closes_account(told: _Told) -> bool:
    """It ends what is told of the visit: "so we had thirty minutes."."""
    low, mention = told.document.low, told.mention
    ends = _ENDS_PART.match(low, mention.end) or _WITH_HER.match(low, mention.end)
    return mention.usable and ends is not None and _HAD.search(told.before) is not None


_HAD: Final = folded(
    r"\b(?:i|we) (?:only |just )*(?:had|got|spent|used)(?: (?:him|her|them)(?: (?:by (?:him|her)self|alone|to "
    r"(?:myself|ourselves)))? for)?(?: only| just| about)? $"
)
_ENDS_PART: Final = folded(r"[ ]?(?:[.;|,)/\n\r]|[ ]{2}|$|of which\b|total\b)")


def _is_all_of_part(told: _Told) -> bool:
    """A part of a line says nothing but how long the patient stayed: "On the floor 48 minutes.", "In room 55'"."""
    low, mention = told.document.low, told.mention
    return (
        _STAYED.search(low, max(0, mention.first - _STAY), mention.first) is not None
        and _ENDS_PART.match(low, mention.end) is not None
    )


_STAY: Final = 40  # code points
_STAYED: Final = folded(
    r"(?:^|[.;|,\n/(]|[ ]{2}) ?(?:(?:in|on|at) (?:the |our )?(?:\w+ )?(?:room|floor|clinic|gym|building|department|"
    r"house|home|suite|mat|chair side|bedside)|(?:all|the whole|whole|entire|full)(?: (?:visit|session|treatment|time|"
    r"stay|appointment))?|(?:visit|session) as a whole|all (?:together|services|codes|told)|everything|door to door|"
    r"start to finish|with (?:me|us|(?:the )?(?:pt|ot|slp|therapist))|(?:(?:he|she|they|we|i|pt|patient) )?stayed|here)"
    r"(?: (?:was|for|took|lasted|came to|time))?(?: ?[:=])? ?$"
)


def _is_beside_timed(told: _Told) -> bool:
    """The same below the plan, in a line that tells the timed minutes as well."""
    opening = told.document.line_at(told.mention.first)[0]
    return "timed" in told.document.low[opening : told.mention.first] and _is_all_of_part(told)


def _is_named_all(told: _Told) -> bool:
    """Words behind it make it all of the visit: "45 min in all"."""
    return _IN_ALL.match(told.document.low, told.mention.end) is not None


_IN_ALL: Final = folded(r" (?:in all|all told|altogether|in total)\b")


def _is_attended(told: _Told) -> bool:
    """It stands among words that tell of nothing but the visit."""
    if not told.one_share:
        return False
    low, mention = told.document.low, told.mention
    before = max(0, mention.first - _REACH)
    behind = _VISIT_BEHIND.match(low, mention.end) is not None
    if _ATTENDED.search(low, before, mention.first) is not None:
        return behind or _CLAUSE_ENDS.match(low, mention.end) is not None
    return behind and _OPENS_CLAUSE.search(low, before, mention.first) is not None


_REACH: Final = 80  # code points
# Words of which every one tells only that there was a visit, and how: "Pt seen in clinic 1:1 x 45 min".
_WHO: Final = r"(?:the )?(?:pt|patient|client|resident|student|child|infant|she|he)"
_VISIT: Final = (
    r"(?:seen|treated|attended|received|participated|individual(?:ly)?|1:1|1-on-1|1 on 1|one[- ]on[- ]one|"
    r"one[- ]to[- ]one|"
    r"session|visit|tx|rx|treatment|therapy|encounter|skilled|(?:pt|ot|slp|st)(?= ?[:,x]| (?:tx|treatment|session|"
    r"visit|seen|x ?\d|\d)))"
)
_ATTENDED: Final = folded(
    rf"(?:^|[.;|\n(]|[ ]{{2}})[ \t*-]*(?:(?:{_WHO}|was|is|has|been|today|this (?:date|day|am|pm|visit)|in|at|for|x|"
    rf"of|with|"
    rf"an?|the|direct|provided|given|clinic|gym|bedside|room|home|outpatient|services?|time)[ ,:]+)*"
    rf"{_VISIT}(?:[ ,:]+(?:{_VISIT}|in|at|for|x|of|a|the|her|his|direct|provided|given|clinic|gym|bedside|room|home|"
    rf"today|this (?:date|day|am|pm)|outpatient|services?|time|by (?:pta?|ot|slp|cota)))*[ ,:]*x? ?$"
)
_VISIT_BEHIND: Final = folded(
    rf"[ -](?:of )?(?:(?:direct|skilled|individual|home|outpatient|1:1|one-on-one|pt|ot|slp|st|treatment|"
    rf"therapy) )*(?:{_VISIT}|pt|ot|slp|st|"
    rf"services?)"
    r"(?=[ \t]*(?:[.;,:|()\n\r]|$|[ ]{2}))"
)
_CLAUSE_ENDS: Final = folded(r"[ \t]*(?:[.;,:|()\n\r]|$|[ ]{2}| (?:1:1|individual|one-on-one|today|this date)\b)")
_OPENS_CLAUSE: Final = folded(r"(?:^|[.;|\n(]|[ ]{2})[ \t*-]*(?:an? )?$")


def _follows_codes(told: _Told) -> bool:
    """Codes without minutes of their own and their units stand before the time of all: "97110 97530   3 units   45
    min".
    """
    low, mention = told.document.low, told.mention
    return (
        not told.stated
        and _UNITS_AHEAD.search(told.before) is not None
        and len(_CODES.findall(low, told.document.line_at(mention.start)[0], mention.start)) > 1
        and _ENDS_LINE.match(low, mention.end) is not None
    )


_UNITS_AHEAD: Final = folded(r"\d ?u(?:nits?)?[ ,;|/-]{1,8}$")
_CODES: Final = folded(r"\b(?:97|92)\d{3}\b")


def _is_of_day(told: _Told) -> bool:
    """No service has its minutes, and these are today's: "30 min today"."""
    return not told.stated and _WHOLE.match(told.document.low, told.mention.end) is not None


_WHOLE: Final = folded(
    r",? (?:today\b(?! (?:of|on|for|doing))|(?:all (?:one|1|timed|direct|individual)|in all|all told|altogether|"
    r"in total)\b)"
)

# How a number is told that is the visit's: in any section, and outside the plan.
_ANYWHERE: Final[tuple[Callable[[_Told], bool], ...]] = (
    _stands_alone,
    _is_beside_timed,
    _is_named_all,
    _follows_codes,
)
_OF_VISIT: Final[tuple[Callable[[_Told], bool], ...]] = (
    _stands_alone,
    _is_named_all,
    _follows_codes,
    _is_sum,
    _is_stay,
    _opens_account,
    _closes_account,
    _is_all_of_part,
    _is_attended,
    _is_of_day,
)


def _present(document: Document, treated: int) -> Length | None:
    """A bare figure beside where the patient was or with whom: minutes where it is no smaller than the ``treated``
    minutes and little more: "forty-five timed, forty-seven in the room".
    """
    low = document.low
    if not treated:
        return None
    for match in matches_at(_PRESENT, low, sorted(numbers_before(low, " in the ", " with me", " with us"))):
        value = value_of(match[1])
        if value is not None and treated <= value <= treated + _IDLE and fits(document, match.start()):
            return Length(value, *match.span())
    return None


_PRESENT: Final = folded(
    rf"(?<!room )({NUMBER})(?: in the (?:room|gym|clinic|house|home|building|department|pool)| with (?:me|us))\b"
    r"(?=[.;,)\n\r]|$| with (?:me|us))"
)
_IDLE: Final = 30  # minutes of a visit that may be no treatment


def _stayed(document: Document, timed: int | None) -> Length | None:
    """A bare figure behind the timed minutes and where the patient was or with whom: "timed 20, in room 22"; a little
    more than the ``timed`` minutes, so that it is no number of a room.
    """
    low = document.low
    if not timed:
        return None
    for match in matches_at(_STAYED_FOR, low, document.places[_TIMED_WORD]):
        value = value_of(match["stay"])
        if value_of(match[1]) == timed and value is not None and timed <= value <= timed + _LITTLE:
            return Length(value, match.start("where"), match.end())
    return None


_LITTLE: Final = 10  # minutes that a visit may last beside its timed minutes, where nothing calls them minutes
_STAYED_FOR: Final = folded(
    rf"timed(?: min\w*| codes?)?[ :=]{{1,2}}({NUMBER})(?: ?min\w*\.?| ?')? ?[.,;/|-] ?(?:and |but )?"
    r"(?P<where>(?:in|on|at) (?:the |our )?[a-z]+|with (?:me|us)|here|stayed|door to door|start to finish)"
    rf"(?: for| was)?[ :=]{{1,2}}(?P<stay>{NUMBER})(?: ?min\w*| ?')?(?=[ ]?(?:[.;,)\n\r]|$))"
)
_TIMED_WORD: Final = openings("timed")


def _added_up(document: Document) -> Length | None:
    """The sum that a list of services ends with."""
    low = document.low
    for match in _SUM.finditer(low) if "=" in low else ():
        listed = low[document.line_at(match.start())[0] : match.start()]
        added = [_FIGURE.findall(part) for part in listed.split("+")]
        if len(added) > 1 and all(len(part) == 1 for part in added):
            figures = [int(part[0]) for part in added]
        else:
            figures = _figures(listed)
        if len(figures) > 1 and sum(figures) == int(match[1]):
            return Length(int(match[1]), *match.span())
    return None


def _parted(document: Document) -> Length | None:
    """The minutes that a list of services opens with and makes up: "38 min: TA 25, MT 13"."""
    low = document.low
    for match in _OPENS_LIST.finditer(low):
        figures = _figures(match[2])
        if len(figures) > 1 and sum(figures) == int(match[1]) and fits(document, match.start()):
            return Length(int(match[1]), match.start(), match.end(1))
    return None


_OPENS_LIST: Final = folded(r"(?<![\w.:/-])(\d{2,3})(?: ?min(?:ute)?s?\b|')(?: ?[:=(-]|,) ?([^\n;]{6,80})")


def _figures(listed: str) -> list[int]:
    """The figures of services in a list, all behind their names or all before them."""
    return [int(value) for value in _TERSE.findall(listed) or _LED.findall(listed)]


_SUM: Final = folded(r"= ?:?(\d{2,3})\b(?! ?(?:deg|s\b|sec|ft|lb|%|m\b))")
_FIGURE: Final = folded(r"(?<![\d.:/])\d{1,2}(?![\d.:/%])")
_SHORT: Final = r"(?:te|ta|mt|nmr?|gt|sc|tx|us|es|hp|cp|therex|theract|9[27]\d{3})"
_TERSE: Final = folded(rf"\b{_SHORT}[ :/=-]{{1,3}}\(?(\d\d?)\b")
_LED: Final = folded(rf"(?<![\w.:/])(\d\d?) {_SHORT}\b")
