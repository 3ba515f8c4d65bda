"""The clock times of the visit as a whole, and where in a note a statement of time is one on this visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.notes.clocks import Clock
from quarterhour.notes.document import Document
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded
from quarterhour.notes.services import QUIET, SERVICE, Service
from quarterhour.notes.spans import Spans, started

_WEAK: Final = BIT["weak_label"]
_ELSEWHERE: Final = folded(
    r"\bseen separately|\bco-?(?:treat|tx)|\btakes\b|\blegend|\bclass\b|\bscheduled|"
    r"\bclinic hours|\bappointment|\bnext\b|\blast (?:visit|time)|\bwas late|\bhours\b|"
    r"\b(?:rest(?:ed|s)?|breaks?|lunch|meal|snack|wait(?:ed|ing)?|nap|toilet break)\b"
)
_OF_OTHERS: Final = folded(
    r"\b(?:pt|ot|slp|st|nursing|speech|aide) (?:was (?:in|here|there)|saw|came(?: in)?|had|visited)\b"
)
_SESSION: Final = folded(
    r"\b(?:time|treatment|session|start|stop|total|seen|visit|in|out|from|date|treated|tx|began|"
    r"ended|min|minutes)\b"
)


def fits(document: Document, place: int) -> bool:
    """A statement of time at ``place`` is one on this visit: not in the plan or a goal, unless a total opens a line or
    a sentence below the plan.
    """
    if any(cell.start <= place < cell.end and cell.status == "prior_visit" for cell in document.cells):
        return False
    for section in document.sections:
        if section.start <= place < section.end:
            if section.name in QUIET and place - section.start > 400:
                return True
            holder = document.holding(place) if section.name == "goals" else None
            if holder is not None and holder.section not in QUIET:
                return True
            return section.name not in QUIET or (
                section.name == "plan"
                and place > section.body
                and (_is_named(document.low, _opening(document.low, place)) or _is_of_figures(document, place))
            )
    return True


def _is_of_figures(document: Document, place: int) -> bool:
    """The line of ``place`` has nothing but names of times and their figures: "45 min total."."""
    return _FIGURES.fullmatch(document.low, *document.line_at(place)) is not None


def _is_named(low: str, place: int) -> bool:
    """What opens at ``place`` is named as a time of the visit."""
    return low.startswith(_NAMES, place) or _CLOCKED.match(low, place) is not None


_NAMES: Final = (
    "total",
    "tot ",
    "tt ",
    "ttt",
    "ttm",
    "tcm",
    "timed",
    "time ",
    "minutes",
    "treatment time",
    "treatment min",
    "session time",
)
_CLOCKED: Final = folded(
    r"(?:(?:tx|treatment|session|visit|clock) )?"
    r"(?:time|in|start(?:ed)?|began|begin|arrived|session|seen|clock(?:ed)? in)"
    r"(?: (?:time|at|from))?[ :@=-]{1,3}\d\d?[:.]?\d\d"
)
_OPENS: Final = folded(r"(?:\n[ \t]*|[.;] )$")
# Nothing but names of times, their figures and what joins them: "Total timed: 48 min   Total tx time: 60 min   ".
_FIGURES: Final = folded(
    r"(?:(?:total|tot|timed|untimed|time|times|treatment|tx|therapy|session|visit|service|code|codes|billable|direct|"
    r"contact|minutes?|mins?|min|m|units?|u|tct|tcm|ttm|ttt|date|dos|of|and|for|from|start|began)\b|[^a-z\n])*"
)


def _opening(low: str, place: int) -> int:
    """Where the line of figures begins that the statement at ``place`` stands in; ``place`` where it opens one itself,
    the end of the text where it does neither.
    """
    if _OPENS.search(low, max(0, place - 3), place) is not None:
        return place
    start = low.rfind("\n", 0, place) + 1
    if start and (low[start:place].count(" ") < _SHORT or _FIGURES.fullmatch(low, start, place)):
        return start
    return len(low)


_CLOSE: Final = 3  # code points between a service and a clock range that is its own
_SHORT_ROW: Final = 159  # code points in a line of which services and clock ranges are a row
_SHORT: Final = 8  # so many words may stand before a total in a line that opens with one


def session_clock(document: Document, services: Sequence[Service]) -> Clock | None:
    """The clock range of the whole visit: one that is not the row of a service among several."""
    low = document.low
    clocks = list(document.clocks)
    if not clocks:
        return None
    counted = [service for service in services if service.minutes is not None]
    by_line: dict[tuple[int, int], list[Service]] = {}
    for service in counted:
        by_line.setdefault(document.line_at(service.anchor), []).append(service)
    lengths = {(line, service.minutes) for line, row in by_line.items() for service in row}
    behind = {line: Spans((service.anchor, service.end + _CLOSE) for service in row) for line, row in by_line.items()}
    around = Spans((service.start - _CLOSE, service.end + _CLOSE) for service in services)
    told = len({service.minutes for service in counted})  # a service by its name and by its code is one
    of_all = sum(service.minutes or 0 for service in counted)
    of_visit: list[Clock] = []
    best: tuple[tuple[bool, int, int, int], Clock] | None = None
    opening = [clock for clock in clocks if document.opens_line(clock.start)]
    whole = (min(clock.begin for clock in clocks), max(clock.finish for clock in clocks))
    of_rows = len(opening) > 2 or (
        len(opening) == 2 and any(document.line_at(clock.start) in by_line for clock in opening)
    )
    timeline = {clock for clock in opening if (clock.begin, clock.finish) != whole} if of_rows else set()
    shared = _shared_out(clocks, counted)
    for place, clock in enumerate(clocks):
        if not fits(document, clock.start) or clock in timeline or clock in shared:
            continue
        line = line_start, line_end = document.line_at(clock.start)
        owned = any(begin <= clock.start and clock.end <= end for begin, end in around.meeting(clock.start, clock.end))
        before = low[max(line_start, clock.start - 60) : clock.start]
        holder = document.sentence_at(clock.start)
        near = max(line_start, clock.start - 90, low.rfind("   ", line_start, clock.start))
        own = max(near, holder.start) if holder is not None else near
        vouched = told > 1 and clock.minutes == of_all
        if _OF_OTHERS.search(low, near, clock.start):
            continue
        of_visit.append(clock)
        if not vouched and (
            _ELSEWHERE.search(low[near : clock.start])
            or low.find("pain", own, clock.start) >= 0
            or _ELSEWHERE_AFTER.match(low, clock.end)
        ):
            continue
        paired = (
            owned
            or (line in behind and behind[line].holds(clock.start - 1))
            or (line in by_line and len(counted) > 1 and line_end - line_start < _SHORT_ROW and line_end < len(low))
            or (len(clocks) > 1 and (line, clock.minutes) in lengths)
        )
        if len(clocks) == 1 and vouched:
            paired = False  # as long as all services together: the visit's
        if paired and not (len(clocks) == 1 and told <= 1):
            total = _TOTALISH.search(before)
            if total is None:
                continue
        if (
            any(label_start <= clock.start for label_start in _labels_of(document, clock))
            and len(counted) > 0
            and _TOTALISH.search(before) is None
            and not (len(clocks) == 1 and told == 1)
        ):
            continue
        score = 2 if _SESSION.search(before) else 1
        key = (vouched, score, clock.minutes, -place)
        if best is None or key > best[0]:
            best = (key, clock)
    if best is None or any(_in_two_parts(low, best[1], clock) for clock in clocks):
        return None
    (vouched, *_), chosen = best
    if not vouched and any(_apart(chosen, clock) for clock in of_visit):
        return None  # one stretch among several
    return chosen


_AND_AGAIN: Final = folded(r"[ ,;/&+]{0,2}(?:and|then)?(?: again)?(?: from)?[ ,]{0,2}$")


def _in_two_parts(low: str, one: Clock, other: Clock) -> bool:
    """Whether the visit was in two parts, "11:30-12:00 and 12:30-13:00": neither range is all of it."""
    first, second = (one, other) if one.start < other.start else (other, one)
    return (
        first.finish < second.begin
        and second.start - first.end < 18
        and _AND_AGAIN.match(low[first.end : second.start]) is not None
    )


def _apart(one: Clock, other: Clock) -> bool:
    return one.finish <= other.begin or other.finish <= one.begin


def _shared_out(clocks: Sequence[Clock], services: Sequence[Service]) -> set[Clock]:
    """The ranges of the services where each has one of its own length behind its name, in its line or below it."""
    if not 1 < len(services) <= len(clocks):
        return set()
    found: set[Clock] = set()
    for service in services:
        near_by = started(clocks, service.anchor - _NEAR + 1, service.anchor + _BELOW)
        own = next((clock for clock in near_by if clock not in found and clock.minutes == service.minutes), None)
        if own is None:
            return set()
        found.add(own)
    return found


_NEAR, _BELOW = 40, 200  # code points before and behind the name of a service


def _labels_of(document: Document, clock: Clock) -> list[int]:
    """Starts of the services named in the sentence of a clock range, before it."""
    sentence = document.sentence_at(clock.start)
    if sentence is None or not sentence.mask & SERVICE:
        return []
    return [
        hit.start for hit in sentence.hits if hit.mask & SERVICE and not hit.mask & _WEAK and hit.start < clock.start
    ]


_TOTALISH: Final = folded(r"\b(?:total|time in|in|session|treatment time|treatment from|seen)[ :(\d]*(?:min)?[ (,]*$")
_ELSEWHERE_AFTER: Final = folded(
    r"[ ,(]*(?:by [a-z]\. |ot\)|pt\)|yesterday|last|(?:was |is )?(?:not|never) "
    r"(?:counted|billed|timed|included|charged)|unbilled|un-?timed|no charge|excluded)"
)
