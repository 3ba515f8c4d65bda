"""The times of a visit as its note states them: timed minutes, treatment time, start and stop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quarterhour.notes.clocks import Clock, hhmm
from quarterhour.notes.document import Document
from quarterhour.notes.durations import HOURS, LENGTH, UNIT, in_hours, minutes_of
from quarterhour.notes.gates import openings
from quarterhour.notes.mentions import Mention
from quarterhour.notes.named_times import named_times
from quarterhour.notes.numbers import NUMBER, value_of
from quarterhour.notes.patterns import folded
from quarterhour.notes.services import Service
from quarterhour.notes.spans import Spans
from quarterhour.notes.statements import (
    NOT_MINUTES,
    SAID,
    Times,
    matches_at,
    numbers_before,
    says_too_little,
)
from quarterhour.notes.timed_minutes import find_all_timed, find_timed, said_of_both, take_both
from quarterhour.notes.visit_clock import fits, session_clock
from quarterhour.notes.visit_length import visit_length

_FEWEST: Final = 4  # minutes a visit lasts at least
_TOTAL: Final = folded(
    r"(?<![a-z])(?:grand )?(?:totals?|totl|tot|ttt|ttm|tt(?=[ :]*\d)|overall)(?:[ -](?:treatment|tx|therapy|session|"
    r"visit|contact|skilled|direct|billable|rehab|pt|ot|slp|st|encounter|clinic|of|individual|1:1|one-on-one|"
    r"face-to-face))*"
    rf"(?:[ -](?:time|min(?:ute)?s?|mins?|duration|length))*\.?{SAID}[ \t]*(?:\([^)\d]{{0,20}}\))?"
    rf"[ \t]*(?:\.{{2,}}|[:=|>,-])*[ \t]*({LENGTH}|[01]:[0-5]\d(?! ?(?:[ap]|-|to)))({UNIT})?{NOT_MINUTES}"
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
    rf"{SAID}[ \t]*(?:\.{{2,}}|[:=|,-])*[ \t]*(?:a total of |to |x ?)?({LENGTH})({UNIT})?{NOT_MINUTES}"
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
_LINE_TIME: Final = folded(
    rf"[ \t]*(?:time|duration|minutes|tx time|session|length|total)[ \t]*[:=][ \t]*(?:({NUMBER})"
    rf"(?:{UNIT}|(?<=minutes: \d\d)(?=[ \t]*\r?(?:\n|$)))|({HOURS}))"
)
_AFTER_CLOCK: Final = folded(
    rf"[ \t]*[,;:=(|-]*[ \t]*(?:so |for |= ?|total |or |which is |that is |about |\(|a total "
    rf"of )*({NUMBER})(?:{UNIT}|-minute)(?! (?:each|rest|break))"
)


def find_times(document: Document, services: Sequence[Service], mentions: Sequence[Mention]) -> Times:
    """Totals as stated; a treatment time that is only a span of clock times is its length."""
    times = Times()
    low = document.low
    used: list[tuple[int, int]] = []
    session = session_clock(document, services)
    if "addend" not in low:  # of several statements, those of an addendum hold
        _take_named(document, times, used)
    both = None if times.total_timed is not None else said_of_both(document) if "timed" in low or "tt" in low else None
    if both is not None and fits(document, both.start()):
        take_both(times, both)
        used.append(both.span())
    elif times.total_timed is None and ("time" in low or "tt" in low or "tc" in low):
        find_timed(document, times, used, mentions)
    if times.total_treatment is None:
        _find_total(document, times, used, session, mentions, services)
    if session is not None:
        times.start, times.stop = hhmm(session.begin), hhmm(session.finish)
        times.note("start_stop", session.start, session.end)
        if times.total_treatment is None:
            times.total_treatment, times.spanned = session.minutes, True
            times.note("total", session.start, session.end)
    if times.total_timed is None and ("timed" in low or "time-based" in low):
        find_all_timed(document, times)
    around = Spans((service.start - 2, service.end + 60) for service in services)
    starts = Spans((service.start, service.start + 1) for service in services)
    for clock in document.clocks:
        if (session is None or clock.start != session.start) and (
            around.holds(clock.start) or starts.meeting(clock.end, clock.end + 20)
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
            matches = matches_at(pattern, low, document.places[_TOTAL_WORDS])
        elif pattern is _TREATMENT:
            matches = matches_at(pattern, low, document.places[_TREATMENT_WORDS])
        elif pattern is _AFTER:
            matches = matches_at(
                pattern,
                low,
                sorted({mention.start for mention in mentions} | numbers_before(low, " in all", " tot", " altogether")),
            )
        else:
            matches = matches_at(pattern, low, [start for start, _ in document.lines])
        for match in matches:
            said = match[1] or (match[2] if pattern in (_AFTER, _LINE_TIME) else None)
            value = minutes_of(said) if said else None
            if value is None or not _FEWEST <= value <= 300 or not fits(document, match.start()):
                continue
            start, end = match.span()
            if (pattern in (_TOTAL, _TREATMENT) and says_too_little(match)) or any(
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
            if _is_of_another(document, pattern, match, services):
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


# A plain noun with a figure: the whole time only beside the timed minutes ("timed 38, treatment 40"), or with its unit.
_PLAIN: Final = folded(rf"(?:whole |entire )?(?:treatment|visit|session|tx|rx)(?: to)?[ :=]{{1,3}}{NUMBER}")


def _beside_timed(low: str, times: Times, start: int, value: int, unit: bool) -> bool:
    if low.startswith(("visit", "session"), start) and unit:
        return True
    if unit and (_REST.search(low, max(0, start - 6), start) or _ALL_TIMED.search(low, start, start + _BESIDE)):
        return True
    told = low.find("timed", max(0, low.rfind("\n", 0, start), start - 80), start) >= 0
    return told and value >= (times.total_timed or 0)


# What is left of the visit, or all of it in timed codes: "so treatment 28 min, all timed".
_REST: Final = folded(r"\b(?:so|thus|hence|net|leaves|leaving|=) $")
_ALL_TIMED: Final = folded(r"\d ?min\w*,? all timed")
_BESIDE: Final = 48  # code points
_BEFORE_OTHER: Final = folded(r"(?:every|each|last|previous|planned|scheduled|of|ice|pt bills|goal:?) (?:a |the )?$")


# A name before a bare figure makes it a score: "RBANS 82 total".
_SCORED: Final = folded(
    r"(?<![a-z])(?!(?:timed|min|mins|minutes|seen|of|for|was|were|is|visit|session|treatment|tx|time|and|so|then|all|"
    r"about|me|te|ta|mt|pt|ot|slp|st|today|in|at|the|a|to|came|with|codes?|units?) )[a-z]{3,} $"
)
_OF_DISCIPLINE: Final = folded(r"(?<![a-z])(pt|ot|slp|st)(?: (?:treatment|tx|therapy))? (?:min|time)")
_SIGNED: Final = folded(r"(?<![a-z])(?:(pta?|dpt)|(otr|cota|ota|otd|ot)|(slp|slpa|st))(?![a-z])")


def _is_of_another(
    document: Document, pattern: re.Pattern[str], match: re.Match[str], services: Sequence[Service]
) -> bool:
    """The statement tells the minutes of a service, a score, or the share of another discipline."""
    low, start = document.low, match.start()
    if pattern is _AFTER:
        scored = match[2] is not None and _SCORED.search(low, max(0, start - 20), start) is not None
        return scored or _label_after(low, match.end())
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


def _label_after(low: str, end: int) -> bool:
    return low.startswith((" of manual", " of gait", " of ther", " of neuro"), end)
