"""Defects of the claim's data and of pair edits."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import msgspec

from quarterhour.domain.clock import Clock
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Note, Patient
from quarterhour.workflows.synth.defects.contract import (
    Defect,
    Made,
    Told,
    days_after,
    first,
    marked,
    on_line,
    on_plan,
    on_visit,
    shifted,
    summed,
    with_line,
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
    return on_visit(told, "a day that has not come", date_of_service=days_after(told.visit.date_of_service, 36_525))


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


def _pairs(told: Told) -> list[tuple[int, int]]:
    """Lines of one-modifier edits in force: column 1, then column 2."""
    day, found = told.visit.date_of_service, []
    if not told.asks("ncci_edits"):
        return []
    for one, other in itertools.permutations(range(len(told.visit.services)), 2):
        codes = told.visit.services[one].code, told.visit.services[other].code
        found += [
            (one, other)
            for edit in told.policy.pairs.intervals(*codes, told.claim_type())
            if edit.column1 == codes[0] and (edit.first or day) <= day <= (edit.last or day)
        ]
    return found


def only_pair(told: Told) -> tuple[int, int] | None:
    """The lines of the visit's one pair edit, column 1 first; None if there are none or several."""
    pairs = _pairs(told)
    return pairs[0] if len(pairs) == 1 else None


def apart_by_time(told: Told, pair: tuple[int, int]) -> bool:
    """Whether only time can set the two services apart: neither is an evaluation or a supervised modality."""
    exempt = {"evaluation", "re-evaluation", "supervised-modality"}
    return not {told.card(told.visit.services[at]).kind for at in pair} & exempt


def _no_distinct(told: Told) -> Made | None:
    pair = only_pair(told)
    if pair is None:
        return None
    modifiers = marked(told.visit.services[pair[1]], without=(_DISTINCT,))
    return on_line(told, pair[1], "no modifier on the column 2 code", modifiers=modifiers)


def _never_paid(told: Told) -> Made | None:
    services = told.visit.services
    manual = [at for at, one in enumerate(services) if one.code == "97140"]
    others = [at for at in told.procedures() if services[at].code in {"97110", "97530", "97112"} and told.room(at, 0)]
    if (
        not manual
        or not others
        or _pairs(told)
        or not told.asks("ncci_edits")
        or told.visit.discipline != "PT"
        or told.lines("re-evaluation")
    ):
        return None
    at = others[0]
    if (services[at].units or 0) > 3:
        return None
    return on_line(told, at, "massage beside manual therapy", code="97124")


def _needless(told: Told) -> Made | None:
    if _pairs(told) or not told.asks("ncci_edits"):
        return None
    return on_line(told, 0, "59 without an edit", modifiers=marked(told.visit.services[0], _DISTINCT))


def _wrong_column(told: Told) -> Made | None:
    pair = only_pair(told)
    if pair is None or told.claim_type() != "institutional":
        return None
    one, other = pair
    services = told.visit.services
    visit = with_line(told.visit, one, modifiers=marked(services[one], _DISTINCT))
    visit = with_line(visit, other, modifiers=marked(services[other], without=(_DISTINCT,)))
    return Made(visit, other + 1, "59 on the column 1 code")


def _same_minutes(told: Told) -> Made | None:
    pair = only_pair(told)
    if pair is None:
        return None
    one, other = (told.visit.services[at] for at in pair)
    if {told.card(one).contact, told.card(other).contact} != {"one-on-one"} or (other.minutes or 0) > (
        one.minutes or 0
    ):
        return None
    minutes = one.intervals[0][0] - other.intervals[0][0]
    return on_line(told, pair[1], "59 in the same minutes", ("TIM106",), intervals=shifted(other, minutes))


def _no_times(told: Told) -> Made | None:
    pair = only_pair(told)
    if pair is None or told.asks("start_stop_times") or not apart_by_time(told, pair):
        return None
    return on_line(told, pair[1], "59 and no times", intervals=())


def _no_base(told: Told) -> Made | None:
    bases = [at for at, one in enumerate(told.visit.services) if one.code == "97129"]
    further = [one for one in told.visit.services if one.code == "97130"]
    if not bases or not further or not told.asks("ncci_edits") or told.carries(_DISTINCT, "KX"):
        return None
    at = bases[0]
    services = (*told.visit.services[:at], *told.visit.services[at + 1 :])
    visit = msgspec.structs.replace(told.visit, services=services)
    return Made(summed(told, visit), services.index(further[0]) + 1, "an add-on code without its base code")


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
    Defect("PTP101", _no_distinct),
    Defect("PTP102", _never_paid),
    Defect("PTP103", _needless),
    Defect("PTP105", _same_minutes),
    Defect("PTP106", _no_times),
    Defect("PTP108", _wrong_column),
    Defect("PTP201", _no_base),
)
