"""Defects of the data of a visit that its claim takes: codes, place, dates, charges, signature, discipline."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from quarterhour.domain.clock import Clock
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Note, Patient
from quarterhour.workflows.synth.defects.contract import (
    CENTURY,
    Defect,
    Made,
    Told,
    days_after,
    first,
    marked,
    on_line,
    on_plan,
    on_visit,
)  # fmt: skip

_UNTIMED = ("untimed", "supervised-modality")
#: A code of the form of one that nobody has given out, and one that ended.
_UNKNOWN, _ENDED = "97888", "97001"
_DISTINCT = "59"


def _silent(told: Told, at: int, code: str) -> tuple[str, ...]:
    """What the pair tables say of a code in the place of another: nothing is a finding of its own."""
    others = [one.code for place, one in enumerate(told.visit.services) if place != at]
    pairs, claim = told.policy.pairs, told.claim_type()
    silent = any(pairs.known_from(code, other, claim) is None for other in others)
    return ("PTP107",) if silent and told.asks("ncci_edits") else ()


def _unknown_code(told: Told) -> Made | None:
    at = first(told.lines(*_UNTIMED))
    if at is None or told.carries(_DISTINCT):
        return None
    return on_line(told, at, "a code nobody knows", _silent(told, at, _UNKNOWN), code=_UNKNOWN)


def _ended_code(told: Told) -> Made | None:
    at = first([at for at in told.lines("evaluation") if told.visit.discipline == "PT"])
    if at is None:
        return None
    return on_line(told, at, "a code that has ended", _silent(told, at, _ENDED), code=_ENDED)


def _place(place: str, what: str) -> Callable[[Told], Made | None]:
    def make(told: Told) -> Made | None:
        return on_visit(told, what, place_of_service=place)

    return make


def _telehealth(told: Told) -> Made | None:
    if told.claim_type() != "professional" or told.carries(_DISTINCT):
        return None
    return on_line(told, 0, "a telehealth modifier elsewhere", modifiers=marked(told.visit.services[0], "95"))


def _malformed(told: Told) -> Made | None:
    return on_plan(told, "a diagnosis that has no form of one", diagnoses=("25M.61",))


def _future(told: Told) -> Made | None:
    if any(told.asks(term) for term in ("certification", "ncci_edits", "unlikely_edits", "kx_threshold")):
        return None
    return on_visit(told, "a day that has not come", date_of_service=told.visit.date_of_service + CENTURY)


def _unborn(told: Told) -> Made | None:
    patient = msgspec.structs.replace(
        told.visit.patient or Patient(), birth_date=days_after(told.visit.date_of_service, 9)
    )
    return on_visit(told, "a birth after the visit", patient=patient)


def _two_lines(told: Told) -> Made | None:
    if not told.asks("one_line_per_code") or told.assisted or told.carries(_DISTINCT):
        return None
    for at in told.procedures():
        service = told.visit.services[at]
        units, minutes = service.units or 0, service.minutes or 0
        if units > 1:
            ((begin, end),) = service.intervals
            half = Clock(begin + minutes // 2)
            each = (service.charge or 0) // units
            one = msgspec.structs.replace(
                service, units=1, minutes=minutes // 2, intervals=((begin, half),), charge=Cents(each)
            )
            rest = msgspec.structs.replace(
                service, units=units - 1, minutes=minutes - minutes // 2, intervals=((half, end),),
                charge=Cents(each * (units - 1)),
            )  # fmt: skip
            services = told.visit.services
            parted = (*services[:at], one, rest, *services[at + 1 :])
            return Made(msgspec.structs.replace(told.visit, services=parted), at + 1, "one code on two lines")
    return None


def _uncharged(told: Told) -> Made | None:
    if told.carries("KX"):
        return None
    return on_line(told, 0, "a charge of nothing", charge=Cents(0))


def _signed(days: int, what: str, *, asked: bool) -> Callable[[Told], Made | None]:
    def make(told: Told) -> Made | None:
        if asked and not told.asks("treatment_note"):
            return None
        return on_visit(
            told, what, note=Note(signed_on=days_after(told.visit.date_of_service, days), signed_by="M. Rowan")
        )

    return make


def _undecided(told: Told) -> Made | None:
    at = first(told.lines(*_UNTIMED))
    return None if at is None else on_line(told, at, "units not decided", units=None)


def _nothing_billed(told: Told) -> Made | None:
    if len(told.lines(*_UNTIMED, "group")) != len(told.visit.services) or told.carries("KX"):
        return None
    services = tuple(msgspec.structs.replace(one, units=0) for one in told.visit.services)
    return on_visit(told, "nothing billed", services=services)


def _no_discipline(told: Told) -> Made | None:
    if not told.asks("discipline_modifiers") or told.asks("kx_threshold") or told.assisted:
        return None
    return on_visit(told, "no discipline", discipline=None)


DEFECTS = (
    Defect("CLM101", _unknown_code),
    Defect("CLM102", _ended_code),
    Defect("CLM103", _place("45", "a place of service there is not")),
    Defect("CLM104", _place("81", "a place of service that does not fit the setting")),
    Defect("CLM105", _place("02", "telehealth by its place, and no modifier")),
    Defect("CLM106", _telehealth),
    Defect("CLM107", _malformed),
    Defect("CLM108", _future),
    Defect("CLM109", _unborn),
    Defect("CLM110", _two_lines),
    Defect("CLM111", _uncharged),
    Defect("CLM112", _signed(-1, "a note signed before the visit", asked=False)),
    Defect("CLM113", _signed(60, "a note signed late", asked=True)),
    Defect("CLM114", _undecided),
    Defect("CLM115", _nothing_billed),
    Defect("CLM116", _no_discipline),
)
