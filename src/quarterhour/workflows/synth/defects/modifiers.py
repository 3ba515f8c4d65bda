"""Defects of modifiers: of the discipline, the threshold, notices, distinct services, and of form."""

from __future__ import annotations

from collections.abc import Callable

from quarterhour.domain.visit import DISCIPLINES, Visit
from quarterhour.workflows.synth.defects.contract import (
    ASSISTANT_MODIFIERS,
    DISCIPLINE_MODIFIERS,
    Defect,
    Made,
    Told,
    first,
    marked,
    on_line,
    with_line,
)  # fmt: skip

_EVALUATIONS = ("evaluation", "re-evaluation")
#: A line has room for so many.
_MOST = 4


def _plain(told: Told) -> int | None:
    """A line of no evaluation that carries its discipline's modifier and no assistant's."""
    bound = told.lines(*_EVALUATIONS)
    return first(
        [
            at
            for at in told.carries(*DISCIPLINE_MODIFIERS)
            if at not in told.carries(*ASSISTANT_MODIFIERS) and at not in bound
        ]
    )


def _another(told: Told) -> str:
    """The modifier of another discipline."""
    return DISCIPLINE_MODIFIERS[(DISCIPLINES.index(told.visit.discipline or "PT") + 1) % len(DISCIPLINE_MODIFIERS)]


def _no_discipline(told: Told) -> Made | None:
    at = _plain(told)
    if at is None or not told.asks("discipline_modifiers"):
        return None
    modifiers = marked(told.visit.services[at], without=DISCIPLINE_MODIFIERS)
    return on_line(told, at, "no modifier of the discipline", modifiers=modifiers)


def _other_discipline(told: Told) -> Made | None:
    at = _plain(told)
    if at is None or not told.asks("discipline_modifiers"):
        return None
    modifiers = (_another(told), *marked(told.visit.services[at], without=DISCIPLINE_MODIFIERS))
    return on_line(told, at, "the modifier of another discipline", modifiers=modifiers)


def _two_disciplines(told: Told) -> Made | None:
    at = _plain(told)
    if at is None or not told.asks("discipline_modifiers"):
        return None
    return on_line(told, at, "modifiers of two disciplines", modifiers=marked(told.visit.services[at], _another(told)))


def _added(more: tuple[str, ...], what: str) -> Callable[[Told], Made | None]:
    def make(told: Told) -> Made | None:
        if told.carries("KX", "59") or not told.asks("abn_modifiers"):
            return None
        return on_line(told, 0, what, modifiers=marked(told.visit.services[0], *more))

    return make


def _on_all(told: Told, *more: str, without: tuple[str, ...] = ()) -> Visit:
    visit = told.visit
    for at, service in enumerate(visit.services):
        visit = with_line(visit, at, modifiers=marked(service, *more, without=without))
    return visit


def _above(told: Told) -> bool | None:
    """Whether the threshold was used up before the visit; None where it does not count."""
    return told.used_up if told.asks("kx_threshold") else None


def _no_confirmation(told: Told) -> Made | None:
    if not _above(told):
        return None
    return Made(_on_all(told, without=("KX",)), 1, "no KX though the threshold was used up")


def _early_confirmation(told: Told) -> Made | None:
    if _above(told) is None or told.carries("KX") or told.claim_type() != "professional":
        return None
    return Made(_on_all(told, "KX"), 1, "KX on a visit that ends below the threshold")


def _confirmed_and_denied(told: Told) -> Made | None:
    at = first([at for at in told.carries("KX") if len(told.visit.services[at].modifiers) < _MOST])
    if at is None:
        return None
    return on_line(told, at, "KX beside GA", modifiers=marked(told.visit.services[at], "GA"))


def _reached(told: Told) -> Made | None:
    if _above(told) is not False or not told.carries("KX"):
        return None
    return Made(_on_all(told, without=("KX",)), None, "no KX though the visit may end above the threshold")


def _some_confirmed(told: Told) -> Made | None:
    confirmed = told.carries("KX")
    if _above(told) is not False or len(confirmed) < 2 or told.claim_type() != "institutional":
        return None
    modifiers = marked(told.visit.services[confirmed[1]], without=("KX",))
    return on_line(told, confirmed[1], "KX on some lines of an institutional claim", modifiers=modifiers)


def _distinct(*more: str, without: tuple[str, ...], what: str, apart: bool = True) -> Callable[[Told], Made | None]:
    def make(told: Told) -> Made | None:
        at = first(told.carries("59"))
        if at is None or told.asks("start_stop_times"):
            return None
        service = told.visit.services[at]
        intervals = service.intervals if apart else ()
        return on_line(told, at, what, modifiers=marked(service, *more, without=without), intervals=intervals)

    return make


def _written(*more: str, what: str) -> Callable[[Told], Made | None]:
    def make(told: Told) -> Made | None:
        if told.carries("59", "KX") or not told.visit.services[0].modifiers:
            return None
        return on_line(told, 0, what, modifiers=marked(told.visit.services[0], *more))

    return make


def _twice(told: Told) -> Made | None:
    at = _plain(told)
    if at is None:
        return None
    service = told.visit.services[at]
    return on_line(told, at, "a modifier twice", modifiers=(service.modifiers[0], *service.modifiers))


def _elsewhere(told: Told) -> Made | None:
    if told.asks("abn_modifiers") or told.carries("59"):
        return None
    return on_line(told, 0, "a Medicare notice at another payer", modifiers=marked(told.visit.services[0], "GA"))


DEFECTS = (
    Defect("MOD101", _no_discipline),
    Defect("MOD102", _other_discipline),
    Defect("MOD103", _two_disciplines),
    Defect("MOD106", _no_confirmation),
    Defect("MOD107", _early_confirmation),
    Defect("MOD108", _confirmed_and_denied),
    Defect("MOD109", _reached),
    Defect("MOD110", _some_confirmed),
    Defect("MOD112", _distinct("XU", without=(), what="59 beside XU")),
    Defect("MOD114", _written("ZZ", what="a modifier nobody knows")),
    Defect("MOD115", _twice),
    Defect("MOD116", _written("LT", "22", "58", "78", what="more modifiers than a line has room for")),
    Defect("MOD118", _added(("GY", "GA"), "GY beside GA")),
    Defect("MOD119", _added(("GA", "GZ"), "GA beside GZ")),
    Defect("MOD120", _added(("GX", "GA"), "GX beside GA")),
    Defect("MOD121", _elsewhere),
    Defect("MOD122", _distinct("XE", without=("59",), what="XE in an only visit, without times", apart=False)),
    Defect("MOD123", _distinct("XP", without=("59",), what="XP with one therapist")),
    Defect("MOD124", _written("76", what="76 on a therapy line")),
)
