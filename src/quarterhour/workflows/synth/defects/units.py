"""Defects of units: more or fewer than the minutes make, and more than a day can have."""

from __future__ import annotations

from quarterhour.domain.clock import Clock
from quarterhour.workflows.synth.defects.contract import (
    DISCIPLINE_MODIFIERS,
    FIRST_UNIT,
    Defect,
    Made,
    Told,
    first,
    marked,
    on_line,
    summed,
    with_line,
)  # fmt: skip
from quarterhour.workflows.synth.services import QUARTER

#: Adjudication of a limit that a policy sets: no more is ever right.
_POLICY = 2
_TOO_FEW = 5


def _one_more(told: Told) -> Made | None:
    at = first([at for at in told.procedures() if told.room(at, 1)])
    if at is None:
        return None
    return on_line(
        told, at, "one timed unit more than the minutes make", units=(told.visit.services[at].units or 0) + 1
    )


def _one_fewer(told: Told) -> Made | None:
    at = first([at for at in told.procedures() if (told.visit.services[at].units or 0) > 1])
    if at is None:
        return None
    return on_line(
        told, at, "one timed unit fewer than the minutes make", units=(told.visit.services[at].units or 0) - 1
    )


def _moved(told: Told) -> tuple[Made, int, int] | None:
    """A unit of one code billed under another."""
    services = told.visit.services
    places = told.procedures()
    for one in places:
        for other in places:
            if one != other and (services[one].units or 0) > 1 and told.room(other, 1):
                visit = with_line(told.visit, one, units=(services[one].units or 0) - 1)
                visit = with_line(visit, other, units=(services[other].units or 0) + 1)
                return Made(visit, None, "a timed unit moved from one code to another"), one, other
    return None


def _above_share(told: Told) -> Made | None:
    moved = _moved(told)
    return moved and Made(moved[0].visit, moved[2] + 1, moved[0].what, ("UNT104",))


def _below_share(told: Told) -> Made | None:
    moved = _moved(told)
    return moved and Made(moved[0].visit, moved[1] + 1, moved[0].what, ("UNT103",))


def _untimed_twice(told: Told) -> Made | None:
    places = told.lines("untimed", "evaluation", "re-evaluation", "group", "supervised-modality")
    at = first(places)
    if at is None:
        return None
    limit = told.limit(told.visit.services[at].code)
    also = () if limit is None or limit.units > 1 else (("MUE101",) if limit.adjudication == _POLICY else ("MUE102",))
    return on_line(told, at, "an untimed code in two units", also, units=2)


def _policy_limit(told: Told) -> Made | None:
    at = first(told.lines("evaluation", "re-evaluation"))
    limit = None if at is None else told.limit(told.visit.services[at].code)
    if at is None or limit is None or limit.adjudication != _POLICY:
        return None
    return on_line(told, at, "an evaluation in two units", ("UNT105",), units=2)


def _clinical_limit(told: Told) -> Made | None:
    for at in told.procedures():
        limit = told.limit(told.visit.services[at].code)
        if limit is not None and limit.units and limit.adjudication != _POLICY:
            return on_line(told, at, "one unit more than the limit of the day", ("UNT101",), units=limit.units + 1)
    return None


def _no_payable_unit(told: Told) -> Made | None:
    at = first([at for at in told.lines("supervised-modality") if told.visit.services[at].code == "G0283"])
    if at is None or told.limit("97014") is None or told.carries("59"):
        return None
    modifiers = told.visit.services[at].modifiers
    also = ("MOD105",) if told.asks("kx_threshold") and set(DISCIPLINE_MODIFIERS) & set(modifiers) else ()
    return on_line(told, at, "a code Medicare pays no unit of, in place of the one it takes", also, code="97014")


def _no_minutes(told: Told) -> Made | None:
    places = told.procedures()
    if len(places) < 2 or told.assisted or told.carries("59") or told.asks("start_stop_times"):
        return None
    one, other = places[:2]
    services = told.visit.services
    minutes = (services[one].minutes or 0) + (services[other].minutes or 0)
    visit = with_line(told.visit, one, minutes=0, intervals=())
    visit = with_line(visit, other, minutes=minutes, intervals=services[one].intervals + services[other].intervals)
    return Made(visit, one + 1, "the minutes of one timed code put down under another", ("UNT104",))


def _methods(told: Told) -> Made | None:
    places = told.procedures()
    if told.method() == "cms" or len(places) < 2 or told.assisted or told.lines("timed-modality", "add-on-timed"):
        return None
    visit = told.visit
    for at in places:
        service = visit.services[at]
        minutes = QUARTER * ((service.units or 0) - 1) + FIRST_UNIT
        ((begin, _),) = service.intervals
        visit = with_line(visit, at, minutes=minutes, intervals=((begin, Clock(begin + minutes)),))
    return Made(summed(told, visit), None, "minutes of which the two ways of counting make different units")


def _reduced(told: Told) -> Made | None:
    timed = [at for at, one in enumerate(told.visit.services) if told.card(one).timed]
    at = first(told.procedures())
    if at is None or timed != [at] or told.assisted or told.carries("59") or (told.visit.services[at].units or 0) != 1:
        return None
    service = told.visit.services[at]
    ((begin, _),) = service.intervals
    visit = with_line(
        told.visit, at, minutes=_TOO_FEW, intervals=((begin, Clock(begin + _TOO_FEW)),),
        modifiers=marked(service, "52"),
    )  # fmt: skip
    return Made(summed(told, visit), at + 1, "52 for minutes that make no unit", ("UNT101",))


DEFECTS = (
    Defect("UNT101", _one_more),
    Defect("UNT102", _one_fewer),
    Defect("UNT103", _above_share),
    Defect("UNT104", _below_share),
    Defect("UNT105", _untimed_twice),
    Defect("UNT106", _no_minutes),
    Defect("UNT108", _methods),
    Defect("UNT110", _reduced),
    Defect("MUE101", _policy_limit),
    Defect("MUE102", _clinical_limit),
    Defect("MUE104", _no_payable_unit),
)
