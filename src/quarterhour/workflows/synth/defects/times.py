"""Defects of minutes, totals, start and stop times, and of who was treated with whom."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from quarterhour.domain.clock import Clock
from quarterhour.domain.visit import Mode
from quarterhour.workflows.synth.defects.contract import (
    FIRST_UNIT,
    Defect,
    Made,
    Told,
    first,
    on_line,
    on_visit,
    shifted,
    summed,
    with_line,
)  # fmt: skip
from quarterhour.workflows.synth.services import QUARTER

#: So many minutes less than the quarter hours of its units a visit may have.
_MOST_SHORT = QUARTER - FIRST_UNIT
_HELD_APART = ("59",)


def _timed(told: Told) -> int:
    return sum(one.minutes or 0 for one in told.visit.services if told.card(one).timed)


def _treatment_too_short(told: Told) -> Made | None:
    if _timed(told) < 1:
        return None
    return on_visit(told, "a treatment shorter than its timed services", total_treatment_minutes=_timed(told) - 1)


def _total_too_low(told: Told) -> Made | None:
    if _timed(told) < 1:
        return None
    return on_visit(told, "a recorded total below the timed minutes", total_timed_minutes=_timed(told) - 1)


def _total_too_high(told: Told) -> Made | None:
    if _timed(told) < 1:
        return None
    return on_visit(told, "a recorded total above the timed minutes", total_timed_minutes=_timed(told) + 1)


def _all_too_long(told: Told) -> Made | None:
    if not _timed(told) or _timed(told) == told.visit.total_treatment_minutes:
        return None
    return on_visit(told, "a treatment shorter than all its services", total_treatment_minutes=_timed(told))


def _no_treatment_time(told: Told) -> Made | None:
    if not told.asks("treatment_note"):
        return None
    return on_visit(told, "no total treatment time", total_treatment_minutes=None)


def _interval_short(told: Told) -> Made | None:
    at = first(told.lines("timed"))
    if at is None:
        return None
    return on_line(told, at, "times that hold a minute less", intervals=shifted(told.visit.services[at], 0, -1))


def _interval_long(told: Told) -> Made | None:
    short = _timed(told) - QUARTER * sum(one.units or 0 for one in told.visit.services if told.card(one).timed)
    for at in told.procedures():
        service = told.visit.services[at]
        least = QUARTER * (service.units or 0) - _MOST_SHORT
        if (service.minutes or 0) > least and short > -_MOST_SHORT and not service.assistant_minutes:
            visit = with_line(told.visit, at, minutes=(service.minutes or 0) - 1)
            return Made(summed(told, visit), at + 1, "times that hold a minute more")
    return None


def _interval_reversed(told: Told) -> Made | None:
    ((begin, end),) = told.visit.services[0].intervals
    return on_line(told, 0, "an end before the beginning", intervals=((end, begin),))


def _two_in_one(told: Told) -> tuple[int, int] | None:
    """Two one-on-one services with times, the second no longer than the first."""
    services = told.visit.services
    places = [
        at for at in told.lines("timed", "untimed", "evaluation") if told.card(services[at]).contact == "one-on-one"
    ]
    for one, other in itertools.pairwise(places):
        if (services[other].minutes or 0) <= (services[one].minutes or 0):
            return one, other
    return None


def _own_overlap(told: Told) -> Made | None:
    both = _two_in_one(told)
    if both is None or told.carries(*_HELD_APART):
        return None
    return _together(told, *both, "two services of the patient in the same minutes")


def _together(told: Told, one: int, other: int, what: str, also: tuple[str, ...] = ()) -> Made:
    """The other service begins when the one begins."""
    services = told.visit.services
    minutes = services[one].intervals[0][0] - services[other].intervals[0][0]
    return on_line(told, other, what, also, intervals=shifted(services[other], minutes))


def _co_treatment(told: Told) -> Made | None:
    both = _two_in_one(told)
    if both is None or told.carries(*_HELD_APART):
        return None
    made = _together(told, *both, "co-treatment in the minutes of another service")
    mode: Mode = "co-treatment"
    return Made(with_line(made.visit, both[1], mode=mode), made.line, made.what)


def _group_and_alone(told: Told) -> Made | None:
    groups = told.lines("group")
    alone = told.lines("timed")
    if not groups or not alone or told.carries(*_HELD_APART):
        return None
    group, one = told.visit.services[groups[0]], told.visit.services[alone[0]]
    if (one.minutes or 0) > (group.minutes or 0):
        return None
    return _together(told, groups[0], alone[0], "a group in the minutes of one-on-one care")


def _one_service_twice(told: Told) -> Made | None:
    at = first(told.lines("untimed", "evaluation", "re-evaluation", "supervised-modality"))
    if at is None or told.carries(*_HELD_APART):
        return None
    ((begin, end),) = told.visit.services[at].intervals
    middle = (begin + end) // 2
    times = ((begin, Clock(middle + 1)), (Clock(middle), end))
    return on_line(told, at, "two times of one service that overlap", intervals=times)


def _mode(mode: Mode, what: str, *kinds: str) -> Callable[[Told], Made | None]:
    def make(told: Told) -> Made | None:
        at = first(told.lines(*kinds))
        return None if at is None else on_line(told, at, what, mode=mode)

    return make


def _no_times(told: Told) -> Made | None:
    at = first(told.lines("timed"))
    if at is None or not told.asks("start_stop_times") or told.carries(*_HELD_APART):
        return None
    return on_line(told, at, "no start and stop time", intervals=())


def _no_minutes(told: Told) -> Made | None:
    at = first(told.lines("timed"))
    if at is None or not told.asks("per_code_minutes") or told.assisted:
        return None
    return on_line(told, at, "no minutes", minutes=None)


def _assistant_too_long(told: Told) -> Made | None:
    at = first([at for at, one in enumerate(told.visit.services) if one.assistant_minutes])
    if at is None:
        return None
    minutes = (told.visit.services[at].minutes or 0) + 5
    return on_line(told, at, "more minutes of an assistant than the service has", assistant_minutes=minutes)


DEFECTS = (
    Defect("TIM101", _treatment_too_short),
    Defect("TIM102", _total_too_low),
    Defect("TIM103", _interval_short),
    Defect("TIM104", _interval_long),
    Defect("TIM105", _interval_reversed),
    Defect("TIM106", _own_overlap),
    Defect("TIM108", _group_and_alone),
    Defect("TIM109", _co_treatment),
    Defect("TIM110", _mode("group", "a one-on-one code in a group", "timed")),
    Defect("TIM111", _mode("one-on-one", "a group code given one-on-one", "group")),
    Defect("TIM112", _mode("concurrent", "a one-on-one code beside another patient's treatment", "timed")),
    Defect("TIM113", _no_times),
    Defect("TIM114", _no_minutes),
    Defect("TIM115", _assistant_too_long),
    Defect("TIM116", _all_too_long),
    Defect("TIM117", _no_treatment_time),
    Defect("TIM118", _total_too_high),
    Defect("TIM119", _one_service_twice),
)
