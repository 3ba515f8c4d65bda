"""Services told more than once: minutes of a flow sheet again in prose, a second bout, an addendum that corrects."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.document import Document
from quarterhour.notes.patterns import folded
from quarterhour.notes.services import Service, is_evaluation
from quarterhour.notes.status import PERFORMED

# What may follow the minutes in a row of a table: units, a modifier, "no charge".
_ROW_END: Final = folded(
    r"(?:[\s|,().-]|\d|u\b|units?\b|min(?:ute)?s?\b|no charge|untimed|timed|g[pon]\b|kx\b|c[qo]\b|59\b|x[eups]\b)*"
)


def without_repeats(document: Document, services: list[Service], total_timed: int | None) -> list[Service]:
    """Drop a second statement of the same service: the same code without minutes, or with the same minutes again.

    Two entries of the same code and minutes are two services where their clock times differ, where they are rows of
    one list, or where the total of timed minutes stated counts both.
    """
    kept: list[Service] = []
    if "addend" in document.low:
        services = _as_corrected(document, services)
    for service in services:
        same = [other for other in kept if other.code == service.code and other.status == service.status]
        if service.minutes is None:
            if same or (service.status == PERFORMED and any(other.code == service.code for other in kept)):
                continue
        else:
            twin = next(
                (other for other in same if other.minutes == service.minutes and not _apart(document, other, service)),
                None,
            )
            if twin is not None and not _counted_twice(document, services, service, total_timed):
                twin.clock = twin.clock or service.clock
                continue
        kept.append(service)
    kept = _one_evaluation(_told_once(document, kept, total_timed))
    return [
        service
        for service in kept
        if service.minutes is not None
        or not any(other.code == service.code and other.minutes is not None for other in kept)
    ]


def _one_evaluation(services: list[Service]) -> list[Service]:
    """An evaluation named by its code without minutes, and by its name with them, is one."""
    told = next((s for s in services if s.code == "evaluation" and s.minutes is not None), None)
    coded = next((s for s in services if s is not told and is_evaluation(s.code) and s.minutes is None), None)
    if told is None or coded is None or told.status != coded.status:
        return services
    told.code = coded.code
    return [service for service in services if service is not coded]


def _told_once(document: Document, services: list[Service], total_timed: int | None) -> list[Service]:
    """Drop a second figure for a code in the description of the service, where the total stated leaves it out."""
    codes = document.lexicon.codes.timed
    timed = [
        service for service in services if service.status == PERFORMED and service.code in codes and service.minutes
    ]
    over = sum(service.minutes or 0 for service in timed) - (total_timed or 0)
    if not total_timed or over <= 0:
        return services
    for place, service in enumerate(timed):
        if service.minutes == over and any(other.code == service.code for other in timed[:place]):
            return [other for other in services if other is not service]
    return services


_AMENDS: Final = folded(
    r"\b(?:should (?:read|be|have (?:been|read))|correct(?:ed|ion)|was entered|in error|instead of|not \d)\b"
)


# What the addendum says of a figure it repeats: "That was a keying mistake."
_WITHDRAWN: Final = folded(
    r"\s{1,2}(?:that|this|it|which) (?:was|is) (?:\w+ ){0,3}(?:mistakes?|errors?|typo|wrong|incorrect|not correct|"
    r"slip)\b"
)


def _as_corrected(document: Document, services: list[Service]) -> list[Service]:
    """Minutes that an addendum corrects replace those the note gave the same service before it."""
    low = document.low
    border = low.rfind("addend")
    if border < 0 or _AMENDS.search(low, border) is None:
        return services
    withdrawn = [
        service
        for service in services
        if service.minutes is not None and _WITHDRAWN.match(low, low.find(".", service.end) + 1)
    ]
    if withdrawn:
        return [service for service in services if service not in withdrawn]
    amended = {service.code for service in services if service.anchor > border and service.minutes is not None}
    return [service for service in services if service.anchor > border or service.code not in amended]


def _apart(document: Document, first: Service, second: Service) -> bool:
    """Two entries of the same code and minutes may be two bouts: at two times, or told in lines of the same shape.

    Minutes of a flow sheet told again in prose are of another shape.
    """
    if first.line == second.line:
        return False
    if first.clock is not None and second.clock is not None:
        return (first.clock.begin, first.clock.finish) != (second.clock.begin, second.clock.finish)
    return _shape(document.low, first) == _shape(document.low, second)


def _shape(low: str, service: Service) -> tuple[bool, bool]:
    """Whether a service opens its line, and whether the line ends with it."""
    end = low.find("\n", service.end)
    end = end if end >= 0 else len(low)
    return not low[low.rfind("\n", 0, service.anchor) + 1 : service.anchor].strip(" \t-*|"), _ROW_END.fullmatch(
        low, service.end, end
    ) is not None


def _counted_twice(document: Document, services: list[Service], second: Service, total_timed: int | None) -> bool:
    """The total of timed minutes stated is the sum of all entries, repeated ones too."""
    timed = document.lexicon.codes.timed
    return second.code in timed and total_timed == sum(
        service.minutes or 0 for service in services if service.status == PERFORMED and service.code in timed
    )
