"""The times of a visit as its note states them: timed minutes, treatment time, start and stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.notes.figures.clocks import Clock, hhmm
from quarterhour.notes.figures.durations import SHORTEST_VISIT
from quarterhour.notes.figures.statements import Times
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.mentions import Mention
from quarterhour.notes.services.services import Service
from quarterhour.notes.times.ends_apart import find_ends_apart
from quarterhour.notes.times.named_times import Stated, named_times
from quarterhour.notes.times.timed_minutes import find_all_timed, find_timed, said_of_both, take_both
from quarterhour.notes.times.told_of_visit import fits
from quarterhour.notes.times.treatment_minutes import find_treatment_minutes
from quarterhour.notes.times.visit_clock import session_clock
from quarterhour.notes.times.vouched_clock import find_vouched_clock
from quarterhour.notes.wording.spans import Spans


def find_times(document: Document, services: Sequence[Service], mentions: Sequence[Mention]) -> Times:
    """Totals as stated; a treatment time that is only a span of clock times is its length."""
    times = Times()
    session = session_clock(document, services)
    used = _take_timed(document, times, mentions, services)
    if times.total_treatment is None:
        total = find_treatment_minutes(document, times.total_timed, used, session, mentions, services)
        if total is not None:
            times.total_treatment = total.value
            times.note("total", total.start, total.end)
    if session is not None:
        _take_ends(times, session.begin, session.finish, (session.start, session.end))
    elif (apart := find_ends_apart(document)) is not None:
        _take_ends(times, apart.begin, apart.finish, apart.begin_at, apart.finish_at)
    elif (vouched := find_vouched_clock(document, services, mentions)) is not None:
        _take_ends(times, vouched.begin, vouched.finish, (vouched.start, vouched.end))
    if times.total_timed is None and ("timed" in document.low or "time-based" in document.low):
        find_all_timed(document, times)
    _note_clocks(document, times, services, session)
    return times


def _take_timed(
    document: Document, times: Times, mentions: Sequence[Mention], services: Sequence[Service]
) -> list[tuple[int, int]]:
    """Lay down the timed minutes, and the whole time where it is told with them; [start, end) of what told them."""
    low = document.low
    used: list[tuple[int, int]] = []
    if "addend" not in low:  # of several statements, those of an addendum hold
        _take_named(document, times, used, services)
    if times.total_timed is not None:
        return used
    both = said_of_both(document) if "timed" in low or "tt" in low else None
    if both is not None and fits(document, both.start()):
        take_both(times, both)
        used.append(both.span())
    elif any(name in low for name in ("time", "tmd", "tt", "tc")):
        find_timed(document, times, used, mentions)
    return used


def _take_named(document: Document, times: Times, used: list[tuple[int, int]], services: Sequence[Service]) -> None:
    """The first timed minutes and the first whole time told under a name, and their places to ``used``."""
    for stated in named_times(document):
        if stated.kind == "total" and any(_names(service, stated) for service in services):
            continue
        if stated.kind == "timed" and times.total_timed is None:
            times.total_timed = stated.value
            times.note("timed", stated.start, stated.end)
        elif stated.kind == "total" and times.total_treatment is None and stated.value >= SHORTEST_VISIT:
            times.total_treatment = stated.value
            times.note("total", stated.start, stated.end)
        else:
            continue
        used.append((stated.start, stated.end))


def _names(service: Service, stated: Stated) -> bool:
    """The words end the name of a service, whose minutes follow: "speech treatment twenty-three minutes"."""
    return stated.value == service.minutes and service.anchor < stated.start < service.end


def _take_ends(times: Times, begin: int, finish: int, *places: tuple[int, int]) -> None:
    """Start and stop of the visit, told at ``places``; the treatment time is their distance if told nowhere."""
    times.start, times.stop = hhmm(begin), hhmm(finish)
    for place in places:
        times.note("start_stop", *place)
    if times.total_treatment is None:
        times.total_treatment, times.spanned = finish - begin, True
        times.note("total", *places[0])


def _note_clocks(document: Document, times: Times, services: Sequence[Service], session: Clock | None) -> None:
    """Clock ranges of single services are evidence for start and stop as well."""
    around = Spans((service.start - _BEFORE, service.end + _BEHIND) for service in services)
    starts = Spans((service.start, service.start + 1) for service in services)
    for clock in document.clocks:
        if (session is None or clock.start != session.start) and (
            around.holds(clock.start) or starts.meeting(clock.end, clock.end + _AHEAD)
        ):
            times.note("start_stop", clock.start, clock.end)


_BEFORE: Final = 2  # code points of a bracket between the clock range of a service and its label
_BEHIND: Final = 60  # code points of what was done between a service and its clock range
_AHEAD: Final = 20  # code points between a clock range that leads and the service it belongs to
