"""Services told more than once: minutes of a flow sheet again in prose, a second bout, an addendum that corrects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.bouts import Bouts
from quarterhour.notes.services.services import EVALUATION, Service, is_evaluation, minutes_told
from quarterhour.notes.wording.patterns import folded


def without_repeats(document: Document, services: list[Service], total_timed: int | None) -> list[Service]:
    """Drop a second statement of the same service: the same code without minutes, or with the same minutes again.

    Two entries of the same code and minutes are two services where their clock times differ, where they are rows of
    one list, or where the total of timed minutes stated counts both.
    """
    if "addend" in document.low:
        services = _as_corrected(document, services)
    timed_codes = document.lexicon.codes.timed
    counts_all = total_timed == minutes_told(services, timed_codes)  # repeated ones too
    kept: list[Service] = []
    told: set[tuple[str, str]] = set()  # codes kept, with their status
    bouts: dict[tuple[str, str, int], Bouts] = {}
    for service in services:
        of_code = (service.code, service.status)
        if service.minutes is None:
            if of_code in told or (service.status == PERFORMED and any(code == service.code for code, _ in told)):
                continue
        else:
            alike = bouts.setdefault((*of_code, service.minutes), Bouts(document))
            if not (counts_all and service.code in timed_codes) and alike.took(service):
                continue
            alike.add(service)
        told.add(of_code)
        kept.append(service)
    kept = _one_evaluation(_told_once(document, kept, total_timed))
    timed = {service.code for service in kept if service.minutes is not None}
    return [service for service in kept if service.minutes is not None or service.code not in timed]


def _timed(document: Document, services: Sequence[Service]) -> list[Service]:
    """Services performed that are told in minutes."""
    codes = document.lexicon.codes.timed
    return [
        service for service in services if service.status == PERFORMED and service.code in codes and service.minutes
    ]


def _one_evaluation(services: list[Service]) -> list[Service]:
    """An evaluation named by its code without minutes, and by its name with them, is one."""
    told = next((s for s in services if s.code == EVALUATION and s.minutes is not None), None)
    coded = next((s for s in services if s is not told and is_evaluation(s.code) and s.minutes is None), None)
    if told is None or coded is None or told.status != coded.status:
        return services
    told.code = coded.code
    return [service for service in services if service is not coded]


def _told_once(document: Document, services: list[Service], total_timed: int | None) -> list[Service]:
    """Drop a second figure for a code in the description of the service, where the total stated leaves it out."""
    over = minutes_told(services, document.lexicon.codes.timed) - (total_timed or 0)
    if not total_timed or over <= 0:
        return services
    told: set[str] = set()
    for service in _timed(document, services):
        if service.minutes == over and service.code in told:
            return [other for other in services if other is not service]
        told.add(service.code)
    return services


def _as_corrected(document: Document, services: list[Service]) -> list[Service]:
    """Minutes that an addendum corrects replace those the note gave the same service before it."""
    low = document.low
    border = low.rfind("addend")
    if border < 0 or _AMENDS.search(low, border) is None:
        return services
    spared = [service for service in services if service.minutes is None or not _is_withdrawn(low, service)]
    if len(spared) < len(services):
        return spared
    amended = {service.code for service in services if service.anchor > border and service.minutes is not None}
    return [service for service in services if service.anchor > border or service.code not in amended]


_AMENDS: Final = folded(
    r"\b(?:should (?:read|be|have (?:been|read))|correct(?:ed|ion|s)?|was entered|in error|instead of|not \d+)\b"
)


def _is_withdrawn(low: str, service: Service) -> bool:
    """The sentence behind the service's says that it was a mistake."""
    return _WITHDRAWN.match(low, low.find(".", service.end) + 1) is not None


# What the addendum says of a figure it repeats: "That was a keying mistake."
_WITHDRAWN: Final = folded(
    r"\s{1,2}(?:that|this|it|which) (?:was|is) (?:\w+ ){0,3}(?:mistakes?|errors?|typo|wrong|incorrect|not correct|"
    r"slip)\b"
)
