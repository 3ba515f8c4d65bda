"""The minutes of all timed services as stated: by themselves, beside the whole time, or as all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quarterhour.notes.figures.durations import LENGTH, LONGEST_VISIT, UNIT, minutes_of
from quarterhour.notes.figures.numbers import NUMBER, value_of
from quarterhour.notes.figures.statements import (
    LEADER,
    NOT_MINUTES,
    SAID,
    Times,
    matches_at,
    numbers_before,
    says_too_little,
)
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.mentions import Mention
from quarterhour.notes.times.told_of_visit import fits
from quarterhour.notes.wording.gates import openings
from quarterhour.notes.wording.patterns import folded


def said_of_both(document: Document) -> re.Match[str] | None:
    """The statement that tells the timed minutes and the whole time in one: ``said`` and, where another, ``other``."""
    low = document.low
    for match in matches_at(_BOTH, low, document.places[_TIMED_WORD]):
        return match
    for share in _SHARES if _MINUTES_TIMED.search(low) is not None else ():
        both = share.search(low)
        if both is not None:
            return both
    for portion in _PORTIONS if any(word in low for word in _PARTED) else ():
        both = portion.search(low)
        if both is not None:
            return both
    if any(word in low for word in _WERE_TIMED) and (of_all := _OF_ALL.search(low)) is not None:
        return of_all
    pair = _PAIR.search(low) if any(word in low for word in ("tt ", "tt:", "tt=")) else None
    if pair is None and ("timed/t" in low or "timed / t" in low):
        pair = _PAIR_BEFORE.search(low)
    if pair is not None and int(pair["said"]) <= int(pair["other"]):
        return pair
    return _BOTH_BEFORE.search(low) if "timed =" in low or "timed and " in low else None


# One figure, or a pair, for both totals: "Timed/total 53/53", "Timed and total minutes are the same: 43", "45 min timed
# = whole visit".
_SAME: Final = r" (?:are|were|is|was)(?: both)? (?:the same|equal|identical)"
_BOTH: Final = folded(
    rf"timed(?: min\w*| time)?(?:{_SAME} (?:as|to) (?:the )?(?:total|treatment|whole)(?: min\w*| time)*|"
    rf" ?(?:/|=|and|&) ?(?:total|tot|treatment|visit|session)(?: min\w*| time)*(?: both|{_SAME})?)"
    r"[ :=),]*(?P<said>\d{1,3})"
    r"(?: ?/ ?(?P<other>\d{1,3}))?(?![\d:])"
)
_BOTH_BEFORE: Final = folded(
    rf"(?P<said>{NUMBER}){UNIT}? timed(?P<other>) ?(?:=|and) ?(?:the )?(?:whole|total|entire)(?! ?\d)"
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
        rf"(?<![\w.:/-])(?P<other>{NUMBER}){UNIT}(?: (?:altogether|overall|total|in (?:all|total)|all told))?,?"
        rf" of (?:which|them|those|these),? (?P<said>{NUMBER}){UNIT}? "
        r"(?:(?:were|was|are) )?timed"
    ),
)
# "Of 43 minutes here, 40 were timed"
_OF_ALL: Final = folded(
    rf"\bof (?:the |these |those |her |his |our )?(?P<other>{NUMBER}) min\w*(?: [a-z]+){{0,3}},? (?P<said>{NUMBER})"
    r"(?: min\w*)? (?:were|was|are) timed"
)
_PARTED: Final = (" of which", " of them", " of those", " of these")  # one of them stands in every portion
_WERE_TIMED: Final = ("were timed", "was timed", "are timed")
_MINUTES_TIMED: Final = folded(r"min\w* (?:(?:were|was|are) )?timed")  # in every one of them
_PAIR: Final = folded(r"\btt[ :=]{1,2}(?P<said>\d{1,3}) ?/ ?(?P<other>\d{1,3})(?![\d/])")
# "38/45 timed/total", the figures before their names.
_PAIR_BEFORE: Final = folded(
    r"(?<![\w./-])(?P<said>\d{1,3}) ?/ ?(?P<other>\d{1,3})(?: ?min\w*)?[ (,:=-]{1,3}timed ?/ ?(?:total|tot|tx|"
    r"treatment)\b"
)
_TIMED_WORD: Final = openings("timed")


def take_both(times: Times, match: re.Match[str]) -> None:
    """Lay a statement of both down in ``times``."""
    times.total_timed = value_of(match["said"])
    times.total_treatment = value_of(match["other"] or match["said"])
    times.note("timed", *match.span())
    times.note("total", *match.span())


def find_timed(document: Document, times: Times, used: list[tuple[int, int]], mentions: Sequence[Mention]) -> None:
    """Lay the timed minutes down in ``times``, and the span of a name with its figure in ``used``."""
    for match in _named(document):
        start = match.start()
        if document.low.endswith("total ", 0, start):
            start -= len("total ")
        times.total_timed = minutes_of(match[1])
        end = match.end()
        behind = _BEHIND_UNITS.match(document.low, end)
        if behind is not None and _bills(times.total_timed, int(behind[1])):
            times.total_timed, end = int(behind[1]), behind.end()
        times.evidence["timed"] = [(start, end)]
        used.append((start, match.end()))
        if "addend" not in document.low:
            break  # of several, those of an addendum stand last and hold
    if times.total_timed is not None:
        return
    figured = next(_figured(document, mentions), None)
    if figured is not None:
        times.total_timed = value_of(figured[1])
        times.note("timed", *figured.span())


# The column of minutes behind that of units: "TIMED TOTAL   3    48".
_BEHIND_UNITS: Final = folded(r"(?:[ \t]{2,}|[ \t]*\|[ \t]*)(\d{2,3})(?=[ \t|]*(?:\r?\n|$))")


def _bills(units: int | None, minutes: int) -> bool:
    """So many units are billed for the minutes."""
    return units is not None and 0 < units <= _MOST_UNITS and abs(minutes - _UNIT_MINUTES * units) < _HALF_UNIT


_MOST_UNITS, _UNIT_MINUTES, _HALF_UNIT = 8, 15, 8


def _named(document: Document) -> Iterator[re.Match[str]]:
    """The timed minutes told by a name with its figure behind it."""
    low = document.low
    for match in matches_at(_TIMED, low, document.places[_TIME_WORDS]):
        start = match.start()
        if _UNTIMED.search(low, max(0, start - 5), start) or not fits(document, start):
            continue
        if not _is_length(match[1], minutes_of(match[1])) or says_too_little(match):
            continue
        if ("|" in match[0] or "," in match[0]) and _OWN_BEFORE.search(low, max(0, start - 5), start):
            continue  # "41 timed | 50 total": the figure of this cell stands before it
        if match[0].startswith(_CLOSED) and _OF_THEM.search(low, max(0, start - 8), start):
            continue  # "all of them timed. Twenty-six minutes of ...": the next sentence tells another time
        yield match


_CLOSED: Final = "timed. "
_OF_THEM: Final = folded(r"\b(?:them|those|it|all|are|were|was|is) \Z")


def _figured(document: Document, mentions: Sequence[Mention]) -> Iterator[re.Match[str]]:
    """The timed minutes told by a figure with its name behind it."""
    numbers = sorted({mention.start for mention in mentions} | numbers_before(document.low, *_BEFORE_NAMES))
    for pattern in (_BEFORE_TIMED, _IN_ALL_TIMED):
        for match in matches_at(pattern, document.low, numbers):
            if _is_length(match[1], value_of(match[1])) and fits(document, match.start()):
                yield match


def _is_length(said: str, value: int | None) -> bool:
    """The number can be minutes of a visit; a small one in words counts something else: "all timed. One client"."""
    return value is not None and value <= LONGEST_VISIT and not (said.isalpha() and value < _FEW)


_FEW: Final = 8
_ALL_CODES: Final = (
    r"(?:all|both|two|three|four|\d)(?: of)?(?: the)?(?: timed)? (?:codes?|services?|cpts?|procedures?|lines?)"
)
# Words that make the figure behind them a sum: "Timed minutes, sum: 40".
_ADDED: Final = (
    r"(?:(?<=min|ins|tes),? \(?(?:(?:sum )?total|sum|added up|(?:taken )?together|in all|in total|all told|altogether|"
    r"combined)\)?(?= ?[:=]))"
)
_TIMED: Final = folded(
    r"(?<![a-z])(?:time-? ?based|time-dependent|timed|tmd|ttm|tcm|tct|ttc|tt(?= ?\d+[ ,.;/]{1,2}(?:tot|"
    r"ttt)))(?:[ -](?:code|codes|"
    r"service|services|cpt|treatment|tx|one-on-one|1:1|therapy|intervention|interventions|procedures|"
    r"direct|pt|ot|slp))*"
    rf"(?:[ -](?:min(?:ute)?s?|mins?|time|totals?|sum|count|portion|only))*{_ADDED}?\.?\)?(?:, {_ALL_CODES})?"
    rf"{SAID}[ \t]*+(?:\([^)\d]{{0,20}}\))?{LEADER}({LENGTH}){UNIT}?{NOT_MINUTES}"
)
_UNTIMED: Final = folded(r"(?:un|non-?|not )$")
_OWN_BEFORE: Final = folded(r"(?<![\d.:/])\d{1,3} ?\Z")
_BEFORE_TIMED: Final = folded(
    rf"(?<![\w.:/])({NUMBER})(?:{UNIT})?,? ?(?:\||\()?(?:(?:of )?(?:total |all |were |are |is |was "
    r"|in |of |it |them |which |those |these |billed as |billed |under )*)(?:timed|time-based)\b"
    r"(?! (?:reps?|trials?|walks?|tests?|runs?|laps?|up)\b)(?! ?(?:code|codes|minutes?|min)?[ :=|]*\d(?!\d? ?tot))"
)
# "34 minutes in all, timed."
_IN_ALL_TIMED: Final = folded(
    rf"(?<![\w.:/])({NUMBER}){UNIT} (?:in all|in total|total|altogether|all told)(?:,| and| -)? (?:all )?timed"
    r"(?=[ ]?(?:[.;)\n\r]|$))"
)
_BEFORE_NAMES: Final = (" timed", " total timed", " were timed", " was timed", " of them timed", " of it timed")
_TIME_WORDS: Final = openings("time", "tmd", "tt", "tc")


def find_all_timed(document: Document, times: Times) -> None:
    """Where all of it is timed: the figure told with it, else the whole time, else the minutes told last before it."""
    low = document.low
    found = next(matches_at(_ALL_TIMED, low, document.places[_ALL_WORDS]), None)
    if found is None or not fits(document, found.start()):
        return
    value = value_of(found[1]) if found[1] else times.total_treatment
    if value is None:
        line = document.line_at(found.start())[0]
        said = _MINUTES.findall(low[line : found.start()])
        value = value_of(said[-1]) if said else None
    if value is not None:
        times.total_timed = value
        times.note("timed", found.start(), found.end())


_MINUTES: Final = folded(rf"(?<![\w.:/])({NUMBER}){UNIT}")
_ALL_TIMED: Final = folded(
    rf"\b(?:all|everything|every(?: single)? (?:minute|one|bit)|each(?: minute| one)?|the whole|whole) "
    rf"(?:of (?:it|them|that|this|which) |(?:of the )?({NUMBER})(?: minutes)? |"
    r"minutes |time |visit |session )?(?:(?:are|is|was|were|of it|of them|under|in|on(?: the clock)?|billed|charged|"
    r"counted|as|a|of) ){0,3}(?:timed|"
    r"time-based)\b|"
    r"\(all timed\)|\bentirely timed\b"
)
_ALL_WORDS: Final = openings("all ", "(all timed", "entirely timed", "every", "each ", "whole ", "the whole ")
