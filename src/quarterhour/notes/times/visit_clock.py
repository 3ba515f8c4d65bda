"""The clock times of the visit as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.notes.figures.clocks import Clock
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.services import EVALUATION, SERVICE, WEAK, Service, is_evaluation
from quarterhour.notes.times.told_of_visit import fits
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.spans import Spans, started


def session_clock(document: Document, services: Sequence[Service]) -> Clock | None:
    """The clock range of the whole visit: one that is not the row of a service among several."""
    clocks = document.clocks
    if not clocks:
        return None
    rows = _Rows(document, services)
    of_visit = [
        clock
        for clock in clocks
        if (clock not in rows.taken or _is_in_and_out(document, clock))
        and fits(document, clock.start)
        and not _is_of_others(document, clock)
    ]
    whole = [clock for clock in of_visit if _can_be_whole(document, rows, clock)]
    if not whole:
        return None
    chosen = max(whole, key=lambda clock: (rows.vouch_for(clock), _is_named(document, clock), clock.minutes))
    if any(_in_two_parts(document.low, chosen, clock) for clock in clocks):
        return None
    others = (clock for clock in (*of_visit, *rows.taken) if not _is_elsewhere(document, clock))
    if not rows.vouch_for(chosen) and any(_apart(chosen, clock) for clock in others):
        return None  # one stretch among several
    return chosen


def _is_of_others(document: Document, clock: Clock) -> bool:
    """Another discipline saw the patient then."""
    return _OF_OTHERS.search(document.low, _lead(document, clock), clock.start) is not None


_OF_OTHERS: Final = folded(
    r"\b(?:pt|ot|slp|st|nursing|nurse|speech|aide|wife|husband|daughter|son|family) "
    r"(?:was (?:in|here|there)|saw|came(?: in)?|"
    r"had|visited|arrived|entered)\b"
)


def _lead(document: Document, clock: Clock) -> int:
    """Where the words in the line of a range begin that tell whose it is."""
    start, _ = document.line_at(clock.start)
    return max(start, clock.start - _LEAD, document.low.rfind("   ", start, clock.start))


_LEAD: Final = 90  # code points


def _can_be_whole(document: Document, rows: _Rows, clock: Clock) -> bool:
    """The range is not a service's own, unless it is named as the whole, nor that of something else."""
    if not rows.vouch_for(clock) and _is_of_else(document, clock):
        return False
    if _is_in_and_out(document, clock):
        return True
    return not (rows.own(clock) or rows.lead_to(clock)) or _TOTALISH.search(_name(document, clock)) is not None


def _is_in_and_out(document: Document, clock: Clock) -> bool:
    """Behind a stop the range names both ends of the visit, and its length follows: "in 0903 out 0930 = 27 min"."""
    low = document.low
    told = _IN_AND_OUT.match(low, clock.start)
    behind = _ITS_LENGTH.match(low, clock.end) if told is not None else None
    return (
        behind is not None
        and int(behind[1]) == clock.minutes
        and _STOPPED.search(low, max(0, clock.start - 4), clock.start) is not None
    )


_IN_AND_OUT: Final = folded(
    r"(?:time )?(?:in|on|arrived|start(?:ed)?|began|clocked in)\b[^.;\n]{4,24}"
    r"[ ,/](?:out|off|left|stop\w*|end\w*|finish\w*|done)\b"
)
_ITS_LENGTH: Final = folded(r" ?(?:=|,|\(|:) ?(\d{1,3}) ?(?:min|')")
_STOPPED: Final = folded(r"(?:^|[.;|\n]) *\Z")

_TOTALISH: Final = folded(r"\b(?:total|time in|in|session|treatment time|treatment from|seen)[ :(\d]*(?:min)?[ (,]*$")


def _name(document: Document, clock: Clock) -> str:
    """The words before a range in its line, as far as they may name it."""
    return document.low[max(document.line_at(clock.start)[0], clock.start - _NAME) : clock.start]


_NAME: Final = 60  # code points that the name of a time takes


def _is_named(document: Document, clock: Clock) -> bool:
    """The words before the range name it as a time of the visit."""
    return _SESSION.search(_name(document, clock)) is not None


_SESSION: Final = folded(
    r"\b(?:time|treatment|session|start|stop|total|seen|visit|in|out|from|date|treated|tx|began|"
    r"ended|min|minutes)\b"
)


def _is_of_else(document: Document, clock: Clock) -> bool:
    """Words around the range say that it is of another visit, a break or pain, or not counted."""
    low, near = document.low, _lead(document, clock)
    holder = document.sentence_at(clock.start)
    own = max(near, holder.start if holder is not None else near, low.rfind(";", near, clock.start))
    return (
        _is_elsewhere(document, clock)
        or low.find("pain", own, clock.start) >= 0
        or _ELSEWHERE_AFTER.match(low, clock.end) is not None
    )


def _is_elsewhere(document: Document, clock: Clock) -> bool:
    """Words before the range say that it is of another visit, a break or a class; that of the title is the visit."""
    low, near = document.low, _lead(document, clock)
    if _ELSEWHERE.search(low, near, clock.start) is not None:
        return True
    return document.line_at(clock.start)[0] > 0 and _CLASS.search(low, near, clock.start) is not None


_CLASS: Final = folded(r"\bclass\b")


_ELSEWHERE: Final = folded(
    r"\bseen separately|\bco-?(?:treat|tx)|\btakes\b|\blegend|\bscheduled|"
    r"\bclinic hours|\bappointment|\bnext\b|\blast (?:visit(?! today)|time)|\bwas late|\bhours\b|"
    r"\b(?:rest(?:ed|s)?|breaks?|lunch|meal|snack|wait(?:ed|ing)?|nap|toilet break)\b"
)
_ELSEWHERE_AFTER: Final = folded(
    r"[ ,(]*(?:by [a-z]\. |ot\)|pt\)|yesterday|last|(?:was |is )?(?:not|never) "
    r"(?:counted|billed|timed|included|charged)|unbilled|un-?timed|no charge|excluded|"
    r"\d{1,2} ?min\w*\.?[ ,:]*(?:(?:seated|sitting|a|for|of) )*(?:rest|break)\b)"
)


def _in_two_parts(low: str, one: Clock, other: Clock) -> bool:
    """Whether the visit was in two parts, "11:30-12:00 and 12:30-13:00": neither range is all of it."""
    first, second = (one, other) if one.start < other.start else (other, one)
    return (
        first.finish < second.begin
        and second.start - first.end < _JOINT
        and _AND_AGAIN.match(low[first.end : second.start]) is not None
    )


_JOINT: Final = 18  # code points between the two parts of a visit
_AND_AGAIN: Final = folded(r"[ ,;/&+]{0,2}(?:and|then)?(?: again)?(?: from)?[ ,]{0,2}$")


def _apart(one: Clock, other: Clock) -> bool:
    return one.finish <= other.begin or other.finish <= one.begin


class _Rows:
    """The services whose minutes are told, and which clock ranges of the note are theirs."""

    def __init__(self, document: Document, services: Sequence[Service]) -> None:
        self._document = document
        self._counted = [service for service in services if service.minutes is not None]
        self._by_line: dict[tuple[int, int], list[Service]] = {}
        for service in self._counted:
            self._by_line.setdefault(document.line_at(service.anchor), []).append(service)
        self._around = Spans((service.start - _CLOSE, service.end + _CLOSE) for service in services)
        # A service told by its name and by its code is one.
        self._told = len({service.minutes for service in self._counted})
        self._of_all = sum(service.minutes or 0 for service in self._counted)
        self._single = len(document.clocks) == 1
        self.taken = self._timeline() | _shared_out(document.clocks, self._counted)

    def vouch_for(self, clock: Clock) -> bool:
        """The range is as long as all services together."""
        return self._told > 1 and clock.minutes == self._of_all

    def own(self, clock: Clock) -> bool:
        """The range stands with a service, in its row, or has its length; the only range of a note does not where one
        service, or all together, are as long.
        """
        if self._single and (self._told <= 1 or self.vouch_for(clock)):
            return False
        if any(
            start <= clock.start and clock.end <= end for start, end in self._around.meeting(clock.start, clock.end)
        ):
            return True
        line = start, end = self._document.line_at(clock.start)
        row = self._by_line.get(line)
        if row is None:
            return False
        return (
            any(service.anchor <= clock.start - 1 < service.end + _CLOSE for service in row)
            or (len(self._counted) > 1 and end - start < _SHORT_ROW and end < len(self._document.low))
            or (not self._single and any(service.minutes == clock.minutes for service in row))
        )

    def lead_to(self, clock: Clock) -> bool:
        """A service named before the range in its sentence has it for its own."""
        if not self._counted or (self._single and self._told == 1):
            return False
        return bool(_labels_of(self._document, clock, self._counted))

    def _timeline(self) -> set[Clock]:
        """The ranges that open the lines of a table or a log, but for that of the whole."""
        clocks = self._document.clocks
        opening = [clock for clock in clocks if self._document.opens_line(clock.start)]
        in_rows = len(opening) == 2 and any(self._document.line_at(clock.start) in self._by_line for clock in opening)
        if len(opening) < 3 and not in_rows:
            return set()
        whole = (min(clock.begin for clock in clocks), max(clock.finish for clock in clocks))
        return {clock for clock in opening if (clock.begin, clock.finish) != whole}


_CLOSE: Final = 3  # code points between a service and a clock range that is its own
_SHORT_ROW: Final = 159  # code points in a line of which services and clock ranges are a row


def _labels_of(document: Document, clock: Clock, services: Sequence[Service]) -> list[int]:
    """Starts of the services named in the sentence of a clock range, before it; the word evaluation is the title of the
    note where the evaluation is told by its code.
    """
    sentence = document.sentence_at(clock.start)
    if sentence is None or not sentence.mask & SERVICE:
        return []
    titled = any(is_evaluation(service.code) and service.code != EVALUATION for service in services)
    return [
        hit.start
        for hit in sentence.hits
        if hit.mask & SERVICE
        and not hit.mask & WEAK
        and hit.start < clock.start
        and not (titled and hit.values["service"] == EVALUATION)
    ]


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
