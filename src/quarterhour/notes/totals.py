"""Stated totals and the span of the visit: total timed minutes, total treatment time, start and stop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from quarterhour.notes.clocks import Clock, hhmm
from quarterhour.notes.document import Document
from quarterhour.notes.durations import HOURS, LENGTH, UNIT, in_hours, minutes_of
from quarterhour.notes.mentions import Mention
from quarterhour.notes.named_times import named_times
from quarterhour.notes.numbers import NUMBER, value_of
from quarterhour.notes.patterns import folded
from quarterhour.notes.services import Service
from quarterhour.notes.visit_clock import fits, sentence_at, session_clock
from quarterhour.notes.visit_length import visit_length

_UNIT = UNIT
_FEW: Final = 8  # a smaller number in words counts something else: "all timed. One client"
_FEWEST: Final = 4  # minutes a visit lasts at least
_NOT_MINUTES = (
    r"(?![\d:%]|/ ?\d|[ -](?:to|on)[ -]|-\d|\.\d| ?(?:units?|reps|ft|feet|words|points|trials|correct|"
    r"visits|weeks?|wks?|days?|months?|years?|yrs?|times|lbs?|x\b|sec|degrees|goals|hip|knee|shoulder|sessions|of|"
    r"arthro|repl|patients|"
    r"assist|a\b|steps))"
)
# What may stand between the name of a total and its figure.
_SAID: Final = (
    r"(?: (?:today|was|were|is|of|spent|in all|in|altogether|overall|"
    r"combined|came to|comes to|adds up to|pt|ot|slp|st|should (?:read|be)|(?:corrected|"
    r"amended|changed) to|this (?:date|visit|session|day)|provided|given|received|"
    r"(?:with|for) (?:the )?(?:patient|pt|resident|client|student|child)))*"
)
_TIMED: Final = folded(
    r"(?<![a-z])(?:time-? ?based|time-dependent|timed|ttm|tcm|tct|ttc|tt(?= ?\d+ (?:tot|ttt)))(?:[ -](?:code|codes|"
    r"service|services|cpt|treatment|tx|one-on-one|1:1|therapy|intervention|interventions|procedures|"
    r"direct|pt|ot|slp))*"
    rf"(?:[ -](?:min(?:ute)?s?|mins?|time|totals?|sum|count|portion|only))*\.?\)?{_SAID}[ \t]*(?:\([^)"
    rf"\d]{{0,20}}\))?[ \t]*(?:\.{{2,}}|[:=|>,-])*[ \t]*({LENGTH}){_UNIT}?{_NOT_MINUTES}"
)
_BEFORE_TIMED: Final = folded(
    rf"(?<![\w.:/])({NUMBER})(?:{_UNIT})?,? ?(?:\||\()?(?:(?:of )?(?:total |all |were |are |is |was "
    rf"|in |of |it |them |billed as |billed |under )*)(?:timed|time-based)\b(?! ?(?:code|codes|minutes?|min)?[ :=|]*\d(?!\d? ?tot))"
)
_ALL_TIMED: Final = folded(
    rf"\b(?:all|everything|every minute|the whole|whole) (?:of (?:it|them|that|this|which) |({NUMBER})(?: minutes)? |"
    r"minutes |time |visit |session )?(?:(?:are|is|was|were|of it|under|in|on|billed|as|a|of) ){0,3}(?:timed|time-based)\b|"
    r"\(all timed\)|\bentirely timed\b"
)
_UNTIMED: Final = folded(r"(?:un|non-?|not )$")
_TOTAL: Final = folded(
    r"(?<![a-z])(?:grand )?(?:totals?|totl|tot|ttt|ttm|tt(?=[ :]*\d)|overall)(?:[ -](?:treatment|tx|therapy|session|"
    r"visit|contact|skilled|direct|billable|rehab|pt|ot|slp|st|encounter|clinic|of|individual|1:1|one-on-one|"
    r"face-to-face))*"
    rf"(?:[ -](?:time|min(?:ute)?s?|mins?|duration|length))*\.?{_SAID}[ \t]*(?:\([^)\d]{{0,20}}\))?"
    rf"[ \t]*(?:\.{{2,}}|[:=|>,-])*[ \t]*({LENGTH}|[01]:[0-5]\d(?! ?(?:[ap]|-|to)))({_UNIT})?{_NOT_MINUTES}"
)
_TREATMENT: Final = folded(
    r"(?<![a-z])(?:(?:treatment|tx|session|visit|therapy|contact|encounter|total|rx|pt|ot|slp|st|skilled) (?:time|"
    r"min(?:ute)?s?|mins?|duration|length)|min(?:ute)?s (?:of|in) (?:skilled )?(?:treatment|therapy|tx)|(?:session|"
    r"visit|treatment) (?:was|lasted|ran|took|"
    r"length)|length of (?:session|visit|treatment)|duration(?: of (?:session|visit|treatment))?|"
    r"time (?:in|with|spent in) (?:therapy|treatment|clinic|(?:the )?(?:pt|patient|client|resident|student))|"
    r"time spent|"
    r"face-to-face time|(?:seen|treated)(?:(?: \w+){0,3}? for|(?= (?:x ?)?\d+ ?(?:min|')))|(?<=[\n ])(?:visit|"
    r"session|treatment)(?= ?[=:] ?\d)|"
    r"(?:visit|session)(?= \d+ ?min)|(?:whole |entire )?(?:treatment|visit|session|tx|rx)"
    rf"(?=(?: to)?[ :=]{{1,3}}{NUMBER}(?:$|[\n\r.;|)/]| ?min| {{2}}| (?:treatment|total))))"
    rf"{_SAID}[ \t]*(?:\.{{2,}}|[:=|,-])*[ \t]*(?:a total of |to |x ?)?({LENGTH})({_UNIT})?{_NOT_MINUTES}"
)
_AFTER: Final = folded(
    rf"(?<![\w.:/])({NUMBER})(?:[ -](?:min(?:ute)?s?|mins?)|')(?:,? ?(?:total|in total|in all|"
    rf"altogether|all told|overall|(?:of )?(?:total )?(?:treatment|therapy|tx)(?: time| today)?(?=[.,;)"
    rf"\n\r]|$)|in (?:the )?(?:building|clinic|gym|department)|start to finish|door to door|with me|(?:treatment |therapy |"
    rf"individual |one-on-one |pt |ot |speech |1:1 |skilled )?(?:session|visit|appointment)\b(?! "
    rf"x)|of (?:direct |one-on-one |skilled |individual )?(?:treatment|therapy|contact)\b))"
    rf"|(?<![\w.:/])({NUMBER}) (?:in all|tot(?:al)?|altogether)\b(?! \w+ing)(?! ?(?:hip|knee|shoulder|reps|steps|ft))"
)
_TREATMENT_WORDS: Final = (
    "treatment",
    "tx ",
    "session",
    "visit",
    "therapy ",
    "contact ",
    "encounter ",
    "length",
    "duration",
    "rx ",
    "time ",
    "seen ",
    "face-to-face",
    "treated ",
    "tx:",
    "rx:",
    "whole ",
    "entire ",
    "pt min",
    "pt time",
    "ot min",
    "ot time",
    "slp min",
    "st min",
    "skilled min",
    "minutes of ",
    "minutes in ",
    "mins of ",
)
_NUMBER_END: Final = folded(rf"(?<![\w.:/-]){NUMBER}$")
_LINE_TIME: Final = folded(
    rf"[ \t]*(?:time|duration|minutes|tx time|session|length|total)[ \t]*[:=][ \t]*(?:({NUMBER})"
    rf"(?:{_UNIT}|(?<=minutes: \d\d)(?=[ \t]*\r?(?:\n|$)))|({HOURS}))"
)
_AFTER_CLOCK: Final = folded(
    rf"[ \t]*[,;:=(|-]*[ \t]*(?:so |for |= ?|total |or |which is |that is |about |\(|a total "
    rf"of )*({NUMBER})(?:{_UNIT}|-minute)(?! (?:each|rest|break))"
)


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


def _matches(pattern: re.Pattern[str], low: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """Matches of ``pattern`` at the given places only."""
    border = -1
    for place in places:
        if place >= border:
            match = pattern.match(low, place)
            if match is not None:
                border = match.end()
                yield match


def _places(low: str, *words: str) -> list[int]:
    """Starts of all occurrences of the words, in order."""
    found: list[int] = []
    for word in words:
        place = low.find(word)
        while place >= 0:
            if not place or not low[place - 1].isalpha():
                found.append(place)
            place = low.find(word, place + 1)
    if len(words) > 1:
        found.sort()
    return found


def _numbers_before(low: str, *words: str) -> set[int]:
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


def find_times(document: Document, services: Sequence[Service], mentions: Sequence[Mention]) -> Times:
    """Totals as stated; a treatment time that is only a span of clock times is its length."""
    times = Times()
    low = document.low
    used: list[tuple[int, int]] = []
    session = session_clock(document, services)
    if "addend" not in low:  # of several statements, those of an addendum hold
        _take_named(document, times, used)
    both = None if times.total_timed is not None else _said_of_both(low) if "timed" in low or "tt" in low else None
    if both is not None and fits(document, both.start()):
        _take_both(times, both)
        used.append(both.span())
    elif times.total_timed is None and ("time" in low or "tt" in low or "tc" in low):
        _find_timed(document, times, used, mentions)
    if times.total_treatment is None:
        _find_total(document, times, used, session, mentions, services)
    if session is not None:
        times.start, times.stop = hhmm(session.begin), hhmm(session.finish)
        times.note("start_stop", session.start, session.end)
        if times.total_treatment is None:
            times.total_treatment, times.spanned = session.minutes, True
            times.note("total", session.start, session.end)
    if times.total_timed is None and ("timed" in low or "time-based" in low):
        _find_all_timed(document, times)
    for clock in document.clocks:
        if (session is None or clock.start != session.start) and any(
            s.start - 2 <= clock.start < s.end + 60 or (clock.end <= s.start < clock.end + 20) for s in services
        ):
            times.note("start_stop", clock.start, clock.end)
    return times


def _take_named(document: Document, times: Times, used: list[tuple[int, int]]) -> None:
    for stated in named_times(document):
        if stated.kind == "timed" and times.total_timed is None:
            times.total_timed = stated.value
            times.note("timed", stated.start, stated.end)
        elif stated.kind == "total" and times.total_treatment is None and stated.value >= _FEWEST:
            times.total_treatment = stated.value
            times.note("total", stated.start, stated.end)
        else:
            continue
        used.append((stated.start, stated.end))


# One figure, or a pair, for both totals: "Timed/total 53/53", "45 min timed = whole visit".
_BOTH: Final = folded(
    r"timed(?: min\w*)? ?(?:/|=|and|&) ?(?:total|tot|treatment|visit|session)(?: min\w*| time)*[ :=)]*(?P<said>\d{1,3})"
    r"(?: ?/ ?(?P<other>\d{1,3}))?(?![\d:])"
)
_BOTH_BEFORE: Final = folded(
    rf"(?P<said>{NUMBER}){_UNIT}? timed(?P<other>) ?(?:=|and) ?(?:the )?(?:whole|total|entire)(?! ?\d)"
)


# "38 of the 45 minutes were timed", "thirty-eight minutes timed out of forty-five"
_SHARES: Final = (
    folded(
        rf"(?<![\w.:/-])(?P<said>{NUMBER})(?: min\w*)? (?:out )?of (?:the |her |his |those |these |"
        rf"our )?(?P<other>{NUMBER}) min\w* "
        r"(?:(?:were|was|are) )?timed"
    ),
    folded(
        rf"(?<![\w.:/-])(?P<said>{NUMBER}) min\w* timed (?:out )?of (?:the |her |his |"
        rf"our )?(?P<other>{NUMBER})(?![\w:/])"
    ),
)
# "Minutes 45 of which timed 38", "45 min, of which 38 were timed"
_PORTIONS: Final = (
    folded(
        rf"\bmin(?:ute)?s?[ :=]{{1,2}}(?P<other>{NUMBER}),? of (?:which|them|those|these),? (?:the )?timed[ :=]{{1,2}}"
        rf"(?P<said>{NUMBER})(?![\w:/])"
    ),
    folded(
        rf"(?<![\w.:/-])(?P<other>{NUMBER}){_UNIT},? of (?:which|them|those|these),? (?P<said>{NUMBER}){_UNIT}? "
        r"(?:(?:were|was|are) )?timed"
    ),
)
_PARTED: Final = (" of which", " of them", " of those", " of these")  # one of them stands in every portion
_MINUTES_TIMED: Final = folded(r"min\w* (?:(?:were|was|are) )?timed")  # in every one of them
_PAIR: Final = folded(r"\btt[ :=]{1,2}(?P<said>\d{1,3}) ?/ ?(?P<other>\d{1,3})(?![\d/])")


def _said_of_both(low: str) -> re.Match[str] | None:
    for match in _matches(_BOTH, low, _places(low, "timed")):
        return match
    for share in _SHARES if _MINUTES_TIMED.search(low) is not None else ():
        both = share.search(low)
        if both is not None:
            return both
    for portion in _PORTIONS if any(word in low for word in _PARTED) else ():
        both = portion.search(low)
        if both is not None:
            return both
    pair = _PAIR.search(low) if any(word in low for word in ("tt ", "tt:", "tt=")) else None
    if pair is not None and int(pair["said"]) <= int(pair["other"]):
        return pair
    return _BOTH_BEFORE.search(low) if "timed =" in low or "timed and " in low else None


def _take_both(times: Times, match: re.Match[str]) -> None:
    times.total_timed = value_of(match["said"])
    times.total_treatment = value_of(match["other"] or match["said"])
    times.note("timed", *match.span())
    times.note("total", *match.span())


def _find_timed(document: Document, times: Times, used: list[tuple[int, int]], mentions: Sequence[Mention]) -> None:
    low = document.low
    for match in _matches(_TIMED, low, _places(low, "time", "tt", "tc")):
        if _UNTIMED.search(low, max(0, match.start() - 5), match.start()) or not fits(document, match.start()):
            continue
        value = minutes_of(match[1])
        if value is not None and value <= 300 and not (match[1].isalpha() and value < _FEW):
            start = match.start()
            if _says_too_little(match):
                continue
            if ("|" in match[0] or "," in match[0]) and _OWN_BEFORE.search(low, max(0, start - 5), start):
                continue  # "41 timed | 50 total": the figure of this cell stands before it
            if low.endswith("total ", 0, start):
                start -= 6
            times.total_timed = value
            times.evidence["timed"] = [(start, match.end())]
            used.append((start, match.end()))
            if "addend" not in low:
                return
    if times.total_timed is not None:
        return  # of several, those of an addendum stand last and hold
    numbers = sorted(
        {mention.start for mention in mentions}
        | _numbers_before(low, " timed", " total timed", " were timed", " was timed", " of them timed", " of it timed")
    )
    for match in _matches(_BEFORE_TIMED, low, numbers):
        value = value_of(match[1])
        if value is not None and value <= 300 and fits(document, match.start()):
            times.total_timed = value
            times.note("timed", match.start(), match.end())
            return


def _find_all_timed(document: Document, times: Times) -> None:
    """ "All of it timed": the figure told with it, else the whole time, else the minutes told last in its line."""
    low = document.low
    found = next(_matches(_ALL_TIMED, low, _places(low, *_ALL_WORDS)), None)
    if found is None or not fits(document, found.start()):
        return
    value = value_of(found[1]) if found[1] else times.total_treatment
    if value is None:
        line = low.rfind("\n", 0, found.start()) + 1
        said = [match[1] for match in re.finditer(rf"(?<![\w.:/])({NUMBER}){_UNIT}", low[line : found.start()])]
        value = value_of(said[-1]) if said else None
    if value is not None:
        times.total_timed = value
        times.note("timed", found.start(), found.end())


_ALL_WORDS: Final = ("all ", "(all timed", "entirely timed", "every", "whole ", "the whole ")


def _find_total(
    document: Document,
    times: Times,
    used: list[tuple[int, int]],
    session: Clock | None,
    mentions: Sequence[Mention],
    services: Sequence[Service],
) -> None:
    low = document.low
    best: tuple[int, int, int, int] | None = None  # rank, place, end, value
    for rank, pattern in enumerate((_TOTAL, _TREATMENT, _AFTER, _LINE_TIME)):
        if pattern is _TOTAL:
            matches = _matches(pattern, low, _places(low, "tot", "tt", "overall"))
        elif pattern is _TREATMENT:
            matches = _matches(pattern, low, _places(low, *_TREATMENT_WORDS))
        elif pattern is _AFTER:
            matches = _matches(
                pattern,
                low,
                sorted(
                    {mention.start for mention in mentions} | _numbers_before(low, " in all", " tot", " altogether")
                ),
            )
        else:
            matches = _matches(pattern, low, [start for start, _ in document.lines])
        for match in matches:
            said = match[1] or (match[2] if pattern in (_AFTER, _LINE_TIME) else None)
            value = minutes_of(said) if said else None
            if value is None or not _FEWEST <= value <= 300 or not fits(document, match.start()):
                continue
            start, end = match.span()
            if (pattern in (_TOTAL, _TREATMENT) and _says_too_little(match)) or any(
                first <= start < last or start <= first < end for first, last in used
            ):
                continue
            unit = (
                pattern in (_AFTER, _LINE_TIME)
                or match[2] is not None
                or low.startswith(
                    (
                        "total min",
                        "total time",
                        "total treatment",
                        "total tx",
                        "ttt",
                        "ttm",
                        "tt ",
                        "treatment",
                        "tx",
                        "session",
                        "tot",
                        "ot ",
                        "pt ",
                    ),
                    start,
                )
                or "min" in match[0]
                or (said is not None and in_hours(said))
            )
            if (
                pattern is _TOTAL
                and not unit
                and low[end : end + 1]
                and low[end : end + 2].strip()[:1]
                not in ("", ".", ";", ",", "|", ")", "(", "/", "o", "\n", "i", "t", "-")
            ):
                continue
            if pattern is _TOTAL and low.startswith(" timed", end):
                continue
            if pattern is _AFTER and _label_after(low, end):
                continue
            if pattern in (_TOTAL, _TREATMENT) and any(s.start <= start and match.start(1) < s.end for s in services):
                continue
            if pattern is _TREATMENT and _PLAIN.match(low, start) and not _beside_timed(low, times, start, value, unit):
                continue
            if _BEFORE_OTHER.search(low, max(0, start - 24), start):
                continue
            if best is None or rank < best[0]:
                best = (rank, start, end, value)
            break
        if best is not None:
            break
    if best is not None:
        times.total_treatment = best[3]
        times.note("total", best[1], best[2])
        return
    if session is None:
        length = visit_length(document, mentions, services)
        if length is not None:
            times.total_treatment = length.value
            times.note("total", length.start, length.end)
        return
    match_after = _AFTER_CLOCK.match(low, session.end)
    if match_after is not None:
        value = value_of(match_after[1])
        if value is not None and _FEWEST <= value <= 300:
            times.total_treatment = value
            times.note("total", session.start, match_after.end())


def _says_too_little(match: re.Match[str]) -> bool:
    """A comma stands between the figure and a name that does not speak of time: "45 timed, 53 total"."""
    name, comma, figure = match[0].partition(",")
    if figure.isdecimal() and match.string[match.end() : match.end() + 1] in ("", "\n", "\r"):
        return match.string[max(0, match.start() - 1) : match.start()] not in ("", "\n")  # a row: "total,37"
    return bool(comma) and not any(word in name for word in ("min", "time ", "length", "duration"))


# A plain noun with a figure: the whole time only beside the timed minutes ("timed 38, treatment 40"), or with its unit.
_PLAIN: Final = folded(rf"(?:whole |entire )?(?:treatment|visit|session|tx|rx)(?: to)?[ :=]{{1,3}}{NUMBER}")


def _beside_timed(low: str, times: Times, start: int, value: int, unit: bool) -> bool:
    if low.startswith(("visit", "session"), start) and unit:
        return True
    told = low.find("timed", max(0, low.rfind("\n", 0, start), start - 80), start) >= 0
    return told and value >= (times.total_timed or 0)


_OWN_BEFORE: Final = folded(r"(?<![\d.:/])\d{1,3} ?\Z")
_BEFORE_OTHER: Final = folded(r"(?:every|each|last|previous|planned|scheduled|of|ice|pt bills|goal:?) (?:a |the )?$")


def _label_after(low: str, end: int) -> bool:
    return low.startswith((" of manual", " of gait", " of ther", " of neuro"), end)
