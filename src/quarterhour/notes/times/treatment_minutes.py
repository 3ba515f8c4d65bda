"""The minutes of the whole visit as stated: under a name for the total or the treatment, behind a figure, or behind
the clock times of the visit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from quarterhour.notes.figures.clocks import Clock
from quarterhour.notes.figures.durations import HOURS, LENGTH, LONGEST_VISIT, SHORTEST_VISIT, UNIT, in_hours, minutes_of
from quarterhour.notes.figures.numbers import NUMBER, value_of
from quarterhour.notes.figures.statements import LEADER, NOT_MINUTES, SAID, matches_at, numbers_before, says_too_little
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.services.mentions import Mention
from quarterhour.notes.services.services import Service
from quarterhour.notes.times.told_of_visit import fits
from quarterhour.notes.times.visit_length import Length, visit_length
from quarterhour.notes.wording.gates import openings
from quarterhour.notes.wording.patterns import folded

_TOTAL: Final = folded(
    r"(?<![a-z])(?:grand )?(?:totals?|totl|tot|ttl|ttt|ttm|tt(?=[ :]*\d)|overall)(?:[ -](?:treatment|tx|therapy|"
    r"session|visit|contact|skilled|direct|billable|rehab|pt|ot|slp|st|encounter|clinic|of|individual|1:1|one-on-one|"
    r"face-to-face))*"
    rf"(?:[ -](?:time|min(?:ute)?s?|mins?|duration|length))*\.?{SAID}[ \t]*+(?:\([^)\d]{{0,20}}\))?"
    rf"{LEADER}({LENGTH}|[01]:[0-5]\d(?! ?(?:[ap]|-|to)))({UNIT})?{NOT_MINUTES}"
)
_TREATMENT: Final = folded(
    r"(?<![a-z])(?:(?:treatment|tx|session|visit|therapy|contact|encounter|total|rx|pt|ot|slp|st|skilled) (?:time|"
    r"min(?:ute)?s?|mins?|duration|length)|min(?:ute)?s (?:of|in) (?:skilled )?(?:treatment|therapy|tx)|(?:session|"
    r"visit|treatment) (?:was|lasted|ran|took|"
    r"length)|length of (?:session|visit|treatment)|duration(?: of (?:session|visit|treatment))?|"
    r"time (?:in|with|spent in) (?:therapy|treatment|clinic|(?:the )?(?:pt|patient|client|resident|student))|"
    r"time spent|"
    rf"treated(?= ?[:=] ?\d)|(?<=\bin )(?:treatment|therapy)(?: for)?"
    rf"(?= {NUMBER} min(?!\w* ?(?:a|per|each|every) day|\w* daily))|"
    r"face-to-face time|(?:seen|treated)(?:(?: \w+){0,3}? for|(?= (?:x ?)?\d+ ?(?:min|')))|(?<=[\n ])(?:visit|"
    r"session|treatment)(?= ?[=:] ?\d)|"
    r"(?:visit|session)(?= \d+ ?min)|(?:whole |entire )?(?:treatment|visit|session|tx|rx)"
    rf"(?=(?: to)?[ :=]{{1,3}}{NUMBER}(?:$|[\n\r.;|)/]| ?min| {{2}}| (?:treatment|total))))"
    r"(?:, (?:all|in all|total))?"
    rf"{SAID}{LEADER}(?:a total of |to |x ?)?({LENGTH})({UNIT})?{NOT_MINUTES}"
)
_AFTER: Final = folded(
    rf"(?<![\w.:/])({NUMBER})(?:[ -](?:min(?:ute)?s?|mins?)|')(?:,? ?(?:tot(?:al|l)?\b|in total|in all|"
    rf"altogether|all told|overall|(?:of )?(?:total )?(?:treatment|therapy|tx)(?: time| today)?(?=[.,;)"
    rf"\n\r]|$)|in (?:the )?(?:building|clinic|gym|department)|start to finish|door to door|with me|"
    rf"with (?:the )?(?:client|patient|pt|resident|child|student|infant|family)(?=[.,;)\n\r]|$)|(?:treatment |"
    rf"therapy |"
    rf"individual |one-on-one |pt |ot |speech |1:1 |skilled )?(?:session|visit|appointment)\b(?! "
    rf"x)|of (?:direct |one-on-one |skilled |individual )?(?:treatment|therapy|contact)\b))"
    rf"|(?<![\w.:/])({NUMBER}) (?:in all|tot(?:al)?|altogether)\b(?! \w+ing)(?! ?(?:hip|knee|shoulder|reps|steps|ft))"
)
_TOTAL_WORDS: Final = openings("tot", "tt", "overall")
_TREATMENT_WORDS: Final = openings(
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
    "treated",
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
_LINE_TIME: Final = folded(
    rf"[ \t]*(?:time|duration|minutes|tx time|session|length|total)[ \t]*[:=][ \t]*(?:({NUMBER})"
    rf"(?:{UNIT}|(?<=minutes: \d\d)(?=[ \t]*\r?(?:\n|$)))|({HOURS}))"
)
_AFTER_CLOCK: Final = folded(
    rf"[ \t]*[,;:=(|-]*[ \t]*(?:so |for |= ?|total |or |which is |that is |about |\(|a total "
    rf"of )*({NUMBER})(?:{UNIT}|-minute)(?! (?:each|rest|break))"
)
# A total without a unit is one where its name speaks of time, else only at the end of what is told: before a stop, or
# before "of", "in", "total", "today".
_OF_TIME: Final = ("ttt", "ttm", "tt ", "treatment", "tx", "session", "tot", "ot ", "pt ")
_ENDS: Final = ("", ".", ";", ",", "|", ")", "(", "/", "o", "\n", "i", "t", "-")


def find_treatment_minutes(
    document: Document,
    timed: int | None,
    used: Sequence[tuple[int, int]],
    session: Clock | None,
    mentions: Sequence[Mention],
    services: Sequence[Service],
) -> Length | None:
    """The minutes of the whole visit, None where no words or figure tell them.

    ``timed`` are the timed minutes if they are told, ``used`` the places of statements that were read, ``session`` the
    clock times of the visit.
    """
    stated = _stated(document, timed, used, mentions, services)
    if stated is not None:
        return stated
    if session is None:
        return visit_length(document, mentions, services, used, timed)
    behind = _AFTER_CLOCK.match(document.low, session.end)
    value = value_of(behind[1]) if behind is not None else None
    if behind is None or value is None or not SHORTEST_VISIT <= value <= LONGEST_VISIT:
        return None
    if 2 * value < session.minutes:
        return None  # what was lost of it: "in 10:02, out 10:44, four minutes of it waiting"
    return Length(value, session.start, behind.end())


def _stated(
    document: Document,
    timed: int | None,
    used: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    services: Sequence[Service],
) -> Length | None:
    """The first statement that holds, of those with the surest name."""
    low = document.low
    for pattern in (_TOTAL, _TREATMENT, _AFTER, _LINE_TIME):
        for match in matches_at(pattern, low, _places(document, pattern, mentions)):
            said = match[1] or (match[2] if pattern in _BY_FIGURE else None)
            value = minutes_of(said) if said else None
            if value is None or not SHORTEST_VISIT <= value <= LONGEST_VISIT or not fits(document, match.start()):
                continue
            start, end = match.span()
            if any(first <= start < last or start <= first < end for first, last in used):
                continue
            if pattern not in _BY_FIGURE and not _speaks_of_time(low, pattern, match, timed, value):
                continue
            if not _is_score(low, pattern, match) and not _is_of_another(document, pattern, match, services):
                return Length(value, start, end)
    return None


_BY_FIGURE: Final = (_AFTER, _LINE_TIME)  # the unit stands in the pattern


def _places(document: Document, pattern: re.Pattern[str], mentions: Iterable[Mention]) -> Sequence[int]:
    """Where in the note a statement of the kind can begin."""
    low = document.low
    if pattern is _TOTAL:
        return document.places[_TOTAL_WORDS]
    if pattern is _TREATMENT:
        return document.places[_TREATMENT_WORDS]
    if pattern is _AFTER:
        return sorted({mention.start for mention in mentions} | numbers_before(low, " in all", " tot", " altogether"))
    return [start for start, _ in document.lines]


def _speaks_of_time(low: str, pattern: re.Pattern[str], match: re.Match[str], timed: int | None, value: int) -> bool:
    """The name and the figure of a total or a treatment belong together and count minutes."""
    if says_too_little(match):
        return False
    start, end = match.span()
    if value < _FEWEST_MINUTES and _NUMBERED.fullmatch(match[0]) is not None:
        return False
    unit = match[2] is not None or low.startswith(_OF_TIME, start) or "min" in match[0] or in_hours(match[1])
    if pattern is _TREATMENT:
        was_in = unit and low.endswith(" in ", 0, start)  # "he was in treatment forty minutes"
        return _PLAIN.match(low, start) is None or was_in or _beside_timed(low, timed, start, value, unit)
    return (unit or low[end : end + 2].strip()[:1] in _ENDS) and not low.startswith(" timed", end)


_NUMBERED: Final = folded(r"(?:session|visit|treatment) \d+")  # which one it is: "session 6"
_FEWEST_MINUTES: Final = 25  # a smaller figure without its unit counts visits
# A plain noun with a figure: the whole time only beside the timed minutes ("timed 38, treatment 40"), or with its unit.
_PLAIN: Final = folded(rf"(?:whole |entire )?(?:treatment|visit|session|tx|rx)(?: to)?[ :=]{{1,3}}{NUMBER}")


def _beside_timed(low: str, timed: int | None, start: int, value: int, unit: bool) -> bool:
    """The timed minutes stand before a plain noun with its figure, or words that make it the whole."""
    if low.startswith(("visit", "session"), start) and unit:
        return True
    if unit and (_REST.search(low, max(0, start - 6), start) or _ALL_TIMED.search(low, start, start + _BESIDE)):
        return True
    told = low.find("timed", max(0, low.rfind("\n", 0, start), start - 80), start) >= 0
    return told and value >= (timed or 0)


# What is left of the visit, or all of it in timed codes: "so treatment 28 min, all timed".
_REST: Final = folded(r"\b(?:so|thus|hence|net|leaves|leaving|=) $")
_ALL_TIMED: Final = folded(r"\d ?min\w*,? all timed")
_BESIDE: Final = 48  # code points


def _is_score(low: str, pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """A name before a bare figure makes it a score: "RBANS 82 total"."""
    start = match.start()
    if pattern is _TOTAL:
        bare = match[2] is None and "min" not in match[0] and "time" not in match[0]
    else:
        bare = pattern is _AFTER and match[2] is not None
    return bare and _SCORED.search(low, max(0, start - 20), start) is not None


_SCORED: Final = folded(
    r"(?<![a-z])(?!(?:timed|min|mins|minutes|seen|of|for|was|were|is|visit|session|treatment|tx|time|and|so|then|all|"
    r"about|me|te|ta|mt|pt|ot|slp|st|today|in|at|the|a|to|came|with|codes?|units?) )(?:[a-z]{3,}|[a-z]+-[a-z]+) $"
)
_OF_DISCIPLINE: Final = folded(r"(?<![a-z])(pt|ot|slp|st)(?: (?:treatment|tx|therapy))? (?:min|time)")
_SIGNED: Final = folded(r"(?<![a-z])(?:(pta?|dpt)|(otr|cota|ota|otd|ot)|(slp|slpa|st))(?![a-z])")


def _is_of_another(
    document: Document, pattern: re.Pattern[str], match: re.Match[str], services: Sequence[Service]
) -> bool:
    """The statement tells the minutes of a service, of another day, or the share of another discipline."""
    low, start = document.low, match.start()
    if _BEFORE_OTHER.search(low, max(0, start - _BEFORE), start):
        return True
    if pattern is _AFTER:
        holder = document.holding(start)
        at_home = holder is not None and status_of(document, holder, start, match.end()) == "home_program"
        return at_home or low.startswith(_SERVICES_AFTER, match.end())
    if pattern is _TREATMENT and _of_other_discipline(low, start):
        return True
    return pattern in (_TOTAL, _TREATMENT) and any(
        s.start <= start and match.start(1) < s.end and not _is_share(low, s.start) for s in services
    )


def _of_other_discipline(low: str, start: int) -> bool:
    """The statement at ``start`` gives the minutes of a discipline that is not the last to be named in the note, where
    its author signs, while another one's are told too: "OT minutes 22, SLP minutes 23".
    """
    said = _OF_DISCIPLINE.match(low, start)
    if said is None:
        return False
    others = {told.replace("slp", "st") for told in _OF_DISCIPLINE.findall(low)}
    signed = list(_SIGNED.finditer(low, max(start, len(low) - _SIGNATURE)))
    if len(others) < 2 or not signed:
        return False
    return ("pt", "ot", "st")[(signed[-1].lastindex or 1) - 1] != said[1].replace("slp", "st")


def _is_share(low: str, place: int) -> bool:
    """At ``place`` the time of one of several disciplines is told, that names its service as well."""
    return _OF_DISCIPLINE.match(low, place) is not None and len(set(_OF_DISCIPLINE.findall(low))) > 1


_SIGNATURE: Final = 120  # code points at the end of a note
_BEFORE_OTHER: Final = folded(
    r"(?:every|each|last|previous|planned|scheduled|(?<!\bout )of|ice|pt bills|goal:?) (?:a |the )?$"
)
_BEFORE: Final = 24  # code points of a word of another day, or of a goal, before a statement
_SERVICES_AFTER: Final = (" of manual", " of gait", " of ther", " of neuro")
