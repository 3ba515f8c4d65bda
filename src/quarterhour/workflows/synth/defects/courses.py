"""Defects that take several visits of one patient: what stays the same too long, and what runs out among visits."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence

import msgspec

from quarterhour.domain.clock import Clock
from quarterhour.domain.visit import Goal, Service, Visit
from quarterhour.workflows.synth.courses import CERTIFIED_DAYS, REPORT_EVERY
from quarterhour.workflows.synth.defects.contract import (
    FIRST_UNIT,
    Told,
    marked,
    summed,
)  # fmt: skip
from quarterhour.workflows.synth.defects.notes.contract import note_of
from quarterhour.workflows.synth.notes.phrases import phrases
from quarterhour.workflows.synth.services import QUARTER

#: Treatment days in a row from which each is told (own/course).
_SAME_RESPONSE, _SAME_LEVELS, _SAME_MINUTES, _SAME_MEASURES, _FEWEST = 3, 4, 6, 11, 7
#: The rule that takes visits of two patients.
TWO_PATIENTS = "TIM107"


class MadeCourse(msgspec.Struct, frozen=True):
    """Visits of a patient as they are spoilt, and in which of them something must be found.

    ``also`` are rules that cannot but follow in the same visits.
    """

    visits: tuple[Visit, ...]
    found: tuple[str, ...]
    what: str
    also: tuple[str, ...] = ()


class CourseDefect(msgspec.Struct, frozen=True):
    """A rule and the way to break it in the visits of a patient, given in order of days; None where they do not lend
    themselves to it.
    """

    rule: str
    make: Callable[[Sequence[Told]], MadeCourse | None]


def _retold(told: Told, **changes: object) -> Visit:
    """The visit with its note told otherwise; without a note as it is."""
    if told.tale is None:
        return told.visit
    return msgspec.structs.replace(told.visit, note=note_of(msgspec.structs.replace(told.tale, **changes)))


def _planned(told: Told, **changes: object) -> Visit:
    """The visit with its plan of care changed."""
    return msgspec.structs.replace(told.visit, plan_of_care=msgspec.structs.replace(told.plan, **changes))


def _ordinary(told: Told) -> bool:
    """A visit of treatment by the therapist alone, without a modifier that its course decides."""
    evaluates = told.lines("evaluation", "re-evaluation")
    return not evaluates and not told.assisted and not told.carries("KX")


def _run(course: Sequence[Told], length: int) -> list[Told] | None:
    """The first so many ordinary visits in a row, each with a note."""
    for at in range(len(course) - length + 1):
        visits = list(course[at : at + length])
        if all(map(_ordinary, visits)):
            return visits
    return None


def _ids(visits: Sequence[Visit]) -> tuple[str, ...]:
    return tuple(visit.visit_id or "" for visit in visits)


def _note_repeated(course: Sequence[Told]) -> MadeCourse | None:
    for before, told in itertools.pairwise(course):
        if before.tale is None or told.tale is None or not (_ordinary(before) and _ordinary(told)):
            continue
        own, kind = told.visit, before.tale.kind
        same = [(one.code, one.minutes) for one in before.visit.services] == [
            (one.code, one.minutes) for one in own.services
        ]
        if same and kind == told.tale.kind:
            tale = msgspec.structs.replace(
                before.tale, day=told.tale.day, number=told.tale.number, parts=tuple(
                    msgspec.structs.replace(part, begin=now.begin, end=now.end)
                    for part, now in zip(before.tale.parts, told.tale.parts, strict=True)
                ), seen=told.tale.seen,
            )  # fmt: skip
            visit = msgspec.structs.replace(own, note=note_of(tale))
            return MadeCourse((visit,), _ids((visit,)), "the note of the day before once more")
    return None


def _same_response(course: Sequence[Told]) -> MadeCourse | None:
    run = _run(course, _SAME_RESPONSE)
    if run is None or run[0].tale is None:
        return None
    visits = tuple(_retold(told, response=run[0].tale.response) for told in run)
    return MadeCourse(visits, _ids(visits[-1:]), "the same response day after day")


def _same_levels(course: Sequence[Told]) -> MadeCourse | None:
    run = _run(course, _SAME_LEVELS)
    if run is None or run[0].tale is None:
        return None
    help_, better = run[0].tale.help, phrases().improving[0]
    visits = (*(_retold(told, help=help_) for told in run[:-1]), _retold(run[-1], help=help_, progress=better))
    return MadeCourse(visits, _ids(visits[-1:]), "said to go better at the same levels of assistance")


def _measures_kept(course: Sequence[Told]) -> MadeCourse | None:
    if len(course) < _SAME_MEASURES:
        return None
    visits = tuple(
        _planned(told, goals=tuple(_measured(goal) for goal in told.plan.goals)) for told in course[:_SAME_MEASURES]
    )
    return MadeCourse(visits, _ids(visits[-1:]), "measures that stay where they were")


def _measured(goal: Goal) -> Goal:
    return msgspec.structs.replace(goal, current=goal.baseline)


def _goals_overdue(course: Sequence[Told]) -> MadeCourse | None:
    if len(course) < 4:
        return None
    due = course[1].visit.date_of_service
    visits = tuple(_planned(told, goals=_due(told.plan.goals, due)) for told in course[2:4])
    return MadeCourse(visits, _ids(visits[-1:]), "goals past their date that stand as they stood")


def _due(goals: Sequence[Goal], day: dt.date) -> tuple[Goal, ...]:
    return tuple(msgspec.structs.replace(goal, due=day) for goal in goals)


def _certification_ended(course: Sequence[Told]) -> MadeCourse | None:
    late = [told for told in course if told.asks("certification") and told.elapsed >= CERTIFIED_DAYS]
    if not late or late[0] is course[0]:
        return None
    visit = _planned(late[0], certified_on=None, certified_through=None)
    return MadeCourse((visit,), _ids((visit,)), "no certification after the one before", ("POC103",))


def _more_often(course: Sequence[Told]) -> MadeCourse | None:
    for before, told in itertools.pairwise(course):
        day, earlier = told.visit.date_of_service, before.visit.date_of_service
        monday = day - dt.timedelta(days=day.weekday())
        if monday <= earlier and told.began < monday:
            visit = _planned(told, frequency="1 per week")
            return MadeCourse((visit,), _ids((visit,)), "more visits in a week than the plan names")
    return None


def _threshold_forgotten(course: Sequence[Told]) -> MadeCourse | None:
    """Nothing of KX and of the amount in a record after one whose amount is above the threshold."""
    for before, told in itertools.pairwise(course):
        if before.carries("KX") and told.carries("KX") and before.used_up:
            services = tuple(
                msgspec.structs.replace(one, modifiers=marked(one, without=("KX",))) for one in told.visit.services
            )
            visit = msgspec.structs.replace(told.visit, services=services, accrued=None)
            return MadeCourse((visit,), _ids((visit,)), "no KX after the threshold was used up")
    return None


def _report_missed(course: Sequence[Told]) -> MadeCourse | None:
    if len(course) <= REPORT_EVERY or course[0].tale is None or course[0].tale.kind != "evaluation":
        return None
    tenth, next_one = course[REPORT_EVERY - 1], course[REPORT_EVERY]
    if not _all_noted(course[:REPORT_EVERY]) or not next_one.asks("progress_reports"):
        return None
    visits = (
        _retold(tenth, kind="daily"),
        _planned(next_one, visit_number=None, last_progress_report_visit=None),
    )
    return MadeCourse(visits, _ids(visits[-1:]), "no progress report among the visits")


def _all_noted(course: Sequence[Told]) -> bool:
    """Whether every visit has a note."""
    return all(told.tale is not None for told in course)


def _same_minutes(course: Sequence[Told]) -> MadeCourse | None:
    run = _run(course, _SAME_MINUTES)
    if run is None or any(told.carries("KX") for told in course):
        return None
    pattern = min(run, key=lambda told: told.visit.total_treatment_minutes or 0)
    if len([at for at in pattern.lines() if pattern.card(pattern.visit.services[at]).timed]) < 2:
        return None
    beyond = course[course.index(run[-1]) + 1 :]
    if beyond and _lengths(beyond[0].visit) == _lengths(pattern.visit):
        return None
    visits = tuple(_as(told, pattern, pattern.visit.services) for told in run)
    return MadeCourse(visits, _ids(visits[-1:]), "the same codes and minutes day after day")


def _lengths(visit: Visit) -> list[tuple[str, int | None]]:
    return sorted((one.code, one.minutes) for one in visit.services)


def _as(told: Told, pattern: Told, services: Sequence[Service], first: int | None = None) -> Visit:
    """The visit with services of the patient's other day, one after the other from when it begins, and told so.

    ``first`` is another minute of the day to begin with.
    """
    if first is None:
        first = min(int(start) for one in told.visit.services for start, _ in one.intervals)
    begin = first
    placed, parts = [], []
    for at, service in enumerate(services):
        end = begin + (service.minutes or 0)
        placed.append(msgspec.structs.replace(service, intervals=((Clock(begin), Clock(end)),)))
        if pattern.tale is not None:
            part = pattern.tale.parts[at]
            parts.append(msgspec.structs.replace(part, minutes=service.minutes, begin=begin, end=end))
        begin = end
    visit = summed(told, msgspec.structs.replace(told.visit, services=tuple(placed)))
    retold = _retold(
        told, parts=tuple(parts), timed=visit.total_timed_minutes, total=visit.total_treatment_minutes,
        seen=(first, begin),
    )  # fmt: skip
    return msgspec.structs.replace(visit, note=retold.note)


def _fewest_minutes(course: Sequence[Told]) -> MadeCourse | None:
    run = _run(course, _FEWEST)
    if run is None or run[0].method() != "cms" or any(map(_is_fewest, course)):
        return None
    made = [_fewest(told) for told in run]
    visits = tuple(visit for visit in made if visit is not None)
    if len(visits) < len(run):
        return None
    return MadeCourse(visits, _ids(visits[-1:]), "on most days the fewest minutes for the units")


def _is_fewest(told: Told) -> bool:
    return (told.visit.total_timed_minutes or 0) % QUARTER == FIRST_UNIT


def _fewest(told: Told) -> Visit | None:
    """The visit with every timed service at its quarter hours but one, which has as few as its units take."""
    if any(told.card(told.visit.services[at]).kind != "timed" for at in told.lines()) or not told.lines():
        return None
    short = QUARTER - FIRST_UNIT
    services = tuple(
        msgspec.structs.replace(one, minutes=QUARTER * (one.units or 0) - (short if at == 0 else 0))
        for at, one in enumerate(told.visit.services)
    )
    before = sum(one.minutes or 0 for one in told.visit.services)
    return _as(told, told, services) if sum(one.minutes or 0 for one in services) <= before else None


def side_by_side(one: Told, other: Told) -> MadeCourse | None:
    """The shorter of two visits of one therapist's day, of two patients, moved into the first service of the other.

    It begins a minute later, so that it is the one in which the minutes are given twice.
    """
    short, long_ = sorted((one, other), key=lambda told: told.visit.total_treatment_minutes or 0)
    for told in (short, long_):
        kinds = {told.card(service).kind for service in told.visit.services}
        if kinds != {"timed"} or told.assisted or told.carries("59"):
            return None
    begin, end = min(interval for service in long_.visit.services for interval in service.intervals)
    if int(begin) + 1 + (short.visit.total_treatment_minutes or 0) > int(end):
        return None
    visit = _as(short, short, short.visit.services, int(begin) + 1)
    return MadeCourse((visit, long_.visit), _ids((visit,)), "two patients one-on-one in the same minutes")


COURSE_DEFECTS: tuple[CourseDefect, ...] = (
    CourseDefect("DOC601", _note_repeated),
    CourseDefect("DOC602", _same_levels),
    CourseDefect("DOC603", _same_response),
    CourseDefect("MOD125", _threshold_forgotten),
    CourseDefect("NEC201", _measures_kept),
    CourseDefect("NEC202", _goals_overdue),
    CourseDefect("POC120", _report_missed),
    CourseDefect("POC121", _certification_ended),
    CourseDefect("POC122", _more_often),
    CourseDefect("TIM301", _same_minutes),
    CourseDefect("TIM302", _fewest_minutes),
)
