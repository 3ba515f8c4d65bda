"""From minutes to units: what may be billed, every other way that is as good, and the arithmetic in words."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.domain.code import code_number
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.engine.allocate import allocations, day_units
from quarterhour.policy import Policy
from quarterhour.policy.codes import CodeCard
from quarterhour.policy.payers import UNIT_METHODS, Terms
from quarterhour.workflows.asked import DEFAULT_PAYER, FORMAT, Day, card_of, cited, day_of, list_of, policy_of
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.unit_marks import Lines, Marks, Service, lines_of, marks_of
from quarterhour.workflows.unit_words import Count, explain, not_billed

#: Ways beyond so many are not listed: nobody chooses among more.
MOST_LISTED: Final = 200
_DAY_MINUTES: Final = 1440
Given = tuple[Any, ...] | list[Any]


def units(
    services: Iterable[Given] | Mapping[str, int],
    *,
    method: str | None = None,
    discipline: str | None = None,
    on: Day = None,
    payer: str | None = None,
    setting: str | None = None,
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """Units, modifiers and arithmetic of one day (contract, section 2).

    ``services`` are ``(code, minutes)`` or ``(code, minutes, assistant minutes)``; the minutes of a code that stands
    twice are added. ``method`` is ``cms``, ``ama`` or ``spm``; not given, it is the payer's (``medicare-b`` if none is
    named). ``discipline`` not given is the one the codes belong to, else PT.

    Raises:
        BadRequest: for minutes, a method or a discipline there cannot be.
        UnknownCode: for a code of which nothing is known.
        PolicyError: for a payer there is not, or a date before the first value.

    """
    policy, day = policy_of(policy_folders), day_of(on)
    terms = policy.payers.terms(payer or DEFAULT_PAYER, setting, day.toordinal())
    method = _method(method, terms, payer)
    length = policy.parameter("cms/timed_units:minutes_per_unit").on(day)
    floor = policy.parameter(f"cms/{'timed_units' if method == 'cms' else 'midpoint'}:first_unit_minimum").on(day)
    given, parted = _parted(_services(services, policy, length.value), policy)
    discipline = _discipline(discipline, given)
    # By code, so that a tie falls the same way whatever the order of entry and whatever is paid.
    pooled = sorted((service for service in given if service.pooled), key=lambda service: service.code)
    result = day_units(
        [service.minutes for service in pooled],
        method,
        # A method asked for by name is shown as it is; a cap on its sum is a payer's own.
        capped=payer is not None and terms.number("cap_units_at_total") == 1,
        length=length.value,
        floor=floor.value,
    )
    rest = _continued(given, policy)
    apart = {service.code: _apart(service, rest) for service in given if not service.pooled}
    ways = [
        {service.code: number for service, number in zip(pooled, way, strict=True)} | apart
        for way in itertools.islice(allocations(result), MOST_LISTED)
    ]
    count = Count(method, discipline, length.value, floor.value, given, result, ways[0], rest, parted)
    marks = marks_of(policy, terms, discipline, given, day)
    listed = _listed(ways, given, marks)
    return _answer(count, marks, listed, day) | {
        "payer": payer,
        "sources": _distinct(cited(value.source, value.evidence, value.first) for value in (length, floor)),
    }


def _answer(count: Count, marks: Marks, listed: list[Lines], day: dt.date) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "method": count.method,
        "on": day.isoformat(),
        "discipline": count.discipline,
        "total_timed_minutes": count.total,
        "total_units": sum(count.units.values()),
        "methods": {"cms": count.result.total_time, "ama": count.result.midpoint},
        "services": [
            {
                "code": service.code,
                "label": service.card.label,
                "minutes": service.minutes,
                "assistant_minutes": service.assistant_minutes,
                "timed": service.card.timed,
                "units": count.units[service.code],
                "remainder": service.minutes % (service.card.unit_minutes or 1) if service.card.timed else 0,
            }
            for service in count.services
        ],
        "lines": listed[0],
        "alternatives": listed[1:],
        "not_billed": [
            {"code": service.code, "minutes": service.minutes, "reason": not_billed(service, count)}
            for service in count.services
            if not count.units[service.code]
        ],
        "explanation": explain(count, marks, listed, MOST_LISTED),
    }


def _method(method: str | None, terms: Terms, payer: str | None) -> str:
    if method is None:
        known = terms.value("unit_method")
        if known is None:
            msg = f"how {payer or DEFAULT_PAYER} counted units on that date is not known; name a method"
            raise BadRequest(msg)
        return str(known.value)
    wanted = str(method).strip().lower()
    if wanted not in UNIT_METHODS:
        msg = f"expected a method of {', '.join(UNIT_METHODS)}, got {method!r}"
        raise BadRequest(msg)
    return wanted


def _services(given: Iterable[Given] | Mapping[str, int], policy: Policy, length: int) -> tuple[Service, ...]:
    """Sum up the entries of each code, in the order in which the codes were first named."""
    sums: dict[str, tuple[CodeCard, int, int]] = {}
    for entry in given.items() if isinstance(given, Mapping) else list_of(given, "services", "(code, minutes)"):
        card, minutes, assistant = _entry(entry, policy)
        _, before, before_assistant = sums.get(card.code, (card, 0, 0))
        sums[card.code] = (card, before + minutes, before_assistant + assistant)
    if not sums:
        raise BadRequest("no services: give at least one code with its minutes, such as 97530=24")
    if sum(minutes for _, minutes, _ in sums.values()) > _DAY_MINUTES:
        msg = f"the services have more than the {_DAY_MINUTES} minutes of a day"
        raise BadRequest(msg)
    codes = policy.codes
    return tuple(
        Service(
            card, minutes, assistant, bool(codes.in_total[codes.row(code_number(code))]) and card.unit_minutes == length
        )
        for code, (card, minutes, assistant) in sums.items()
    )


def _parted(given: tuple[Service, ...], policy: Policy) -> tuple[tuple[Service, ...], dict[str, str]]:
    """Move the minutes after the first unit of a code that has one unit a day to the code they go under.

    Gives the services, and which code was continued by which. Of an assistant's minutes as many as fit stay with the
    first unit: that asks for no fewer modifiers than any other way to part them.
    """
    longer = {
        service.code: service.card.further_units
        for service in given
        if service.card.further_units and service.pooled and service.minutes > (service.card.unit_minutes or 0)
    }
    if not longer:
        return given, {}
    parts: dict[str, Service] = {}
    for service in given:
        pieces = [service]
        further = longer.get(service.code)
        card = policy.codes.card(further) if further else None
        if card:
            first = service.card.unit_minutes or 0
            assistant = min(service.assistant_minutes, first)
            pieces = [
                msgspec.structs.replace(service, minutes=first, assistant_minutes=assistant),
                Service(card, service.minutes - first, service.assistant_minutes - assistant, service.pooled),
            ]
        for piece in pieces:
            before = parts.get(piece.code)
            parts[piece.code] = before.plus(piece) if before else piece
    return tuple(parts.values()), longer


def _entry(entry: Any, policy: Policy) -> tuple[CodeCard, int, int]:
    parts = tuple(entry) if isinstance(entry, tuple | list) else ()
    if len(parts) not in {2, 3}:
        raise BadRequest("expected (code, minutes) or (code, minutes, assistant minutes)")
    card = card_of(parts[0], policy)
    minutes, assistant = (_minutes(part, card.code) for part in (*parts, 0)[1:3])
    if assistant > minutes:
        msg = f"{card.code}: {assistant} assistant minutes of {minutes}; the assistant's are part of the minutes"
        raise BadRequest(msg)
    return card, minutes, assistant


def _minutes(value: object, code: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        msg = f"{code}: expected whole minutes, got {value!r}"
        raise BadRequest(msg)
    if not 0 <= value <= _DAY_MINUTES:
        msg = f"{code}: minutes are from 0 to {_DAY_MINUTES}, got {value}"
        raise BadRequest(msg)
    return value


def _discipline(given: str | None, services: Sequence[Service]) -> str:
    if given is None:
        bound = {service.card.bound_discipline for service in services} - {None}
        return str(bound.pop()) if len(bound) == 1 else DISCIPLINES[0]
    if given.upper() not in DISCIPLINES:
        msg = f"expected a discipline of {', '.join(DISCIPLINES)}, got {given!r}"
        raise BadRequest(msg)
    return given.upper()


def _continued(services: Sequence[Service], policy: Policy) -> dict[str, str]:
    """For a code that is only the first stretch of time, the add-on code its further minutes go under."""
    first = {service.code for service in services if service.card.timed and not service.pooled}
    found: dict[str, str] = {}
    for code in policy.codes if first else ():
        card = policy.codes.card(code)
        if card and card.kind == "add-on-timed":
            found |= dict.fromkeys(first.intersection(card.add_on_to), code)
    return found


def _apart(service: Service, rest: Mapping[str, str]) -> int:
    """Units of a code outside the day's total: an untimed one once, a timed one by itself."""
    if not service.minutes:
        return 0
    length = service.card.unit_minutes
    if not service.card.timed or not length:
        return 1
    # The CPT time rule: a stretch of any length is reached once its midpoint is passed.
    alone = day_units([service.minutes], "ama", capped=False, length=length, floor=length // 2 + 1).allowed
    return min(alone, 1) if service.code in rest else alone


def _distinct(citations: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each once: several values often stand in one source."""
    found: list[dict[str, Any]] = []
    for one in citations:
        if one not in found:
            found.append(one)
    return found


def _listed(ways: Iterable[Mapping[str, int]], services: Sequence[Service], marks: Marks) -> list[Lines]:
    """Every different way to bill, the chosen one first."""
    listed: list[Lines] = []
    for lines in itertools.chain.from_iterable(lines_of(way, services, marks) for way in ways):
        if lines not in listed:
            listed.append(lines)
        if len(listed) == MOST_LISTED:
            break
    return listed
