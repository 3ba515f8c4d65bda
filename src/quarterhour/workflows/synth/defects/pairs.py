"""Defects of pair edits: two codes of a visit that are not paid together, or only apart."""

from __future__ import annotations

import itertools

import msgspec

from quarterhour.workflows.synth.defects.contract import (
    Defect,
    Made,
    Told,
    marked,
    on_line,
    shifted,
    summed,
    with_line,
)  # fmt: skip

_DISTINCT = "59"


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
    Defect("PTP101", _no_distinct),
    Defect("PTP102", _never_paid),
    Defect("PTP103", _needless),
    Defect("PTP105", _same_minutes),
    Defect("PTP106", _no_times),
    Defect("PTP108", _wrong_column),
    Defect("PTP201", _no_base),
)
