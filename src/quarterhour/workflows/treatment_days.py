"""Visits put together as Medicare prices them: one patient, one day, one billing provider, all disciplines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from quarterhour.domain.visit import Visit
from quarterhour.policy import Policy
from quarterhour.policy.errors import PolicyError, UnknownName
from quarterhour.workflows.asked import DEFAULT_PAYER
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.own_fees import OwnFees, OwnLine
from quarterhour.workflows.pricing import AskedLine, PricedDay, Terms, price_day, where_of
from quarterhour.workflows.whose import Whose, whose

NOTHING_BILLED: Final = "no line of it is billed"


class Pricing(msgspec.Struct, frozen=True, kw_only=True):
    """How to price visits; ``zip`` and ``locality`` are for those that do not say where they were."""

    zip: str | None = None
    locality: str | None = None
    payer: str | None = None
    qualifying: bool = False
    own: OwnFees | None = None


class TreatmentDay(msgspec.Struct, frozen=True):
    """Visits that are priced together, with their billed lines; ``visit_of`` has the visit of every line.

    ``whose`` is the patient, None where the visit does not say. One of ``priced``, ``own`` (by the payer's own amounts)
    and ``reason`` (why there is no price) is there.
    """

    visits: tuple[Visit, ...]
    lines: tuple[AskedLine, ...]
    visit_of: tuple[int, ...]
    priced: PricedDay | None = None
    own: tuple[OwnLine, ...] | None = None
    reason: str | None = None
    whose: Whose | None = None

    @property
    def day(self) -> dt.date:
        """The date of service."""
        return self.visits[0].date_of_service

    def allowed(self) -> list[int | None]:
        """The allowed amount of every line in cents, None where it is not known."""
        if self.own is not None:
            return [line.allowed for line in self.own]
        return [line.allowed for line in self.priced.lines] if self.priced else [None] * len(self.lines)


def pricing_of(
    policy: Policy,
    *,
    zip_code: str | None,
    locality: str | None,
    payer: str | None,
    fees: str | Path | None,
    qualifying: bool = False,
) -> Pricing:
    """How to price visits.

    Raises:
        UnknownName: for a payer there is not.
        Unreadable: for a file of a payer's own amounts that is no such table.

    """
    if payer is not None and payer not in policy.payers:
        raise UnknownName("payer", payer, policy.payers)
    own = OwnFees(Path(fees)) if fees is not None else None
    return Pricing(zip=zip_code, locality=locality, payer=payer, qualifying=qualifying, own=own)


def treatment_days(policy: Policy, visits: Iterable[Visit], how: Pricing) -> Iterator[TreatmentDay]:
    """The days of treatment in the visits, in the order they first appear, each with its price."""
    days: dict[tuple[object, ...], list[Visit]] = {}
    people: dict[tuple[object, ...], Whose | None] = {}
    given = list(visits)
    for number, (visit, patient) in enumerate(zip(given, whose(given), strict=True)):
        key = _key(visit, patient, number, how)
        days.setdefault(key, []).append(visit)
        people[key] = patient
    for key, together in days.items():
        yield msgspec.structs.replace(_price(policy, tuple(together), how), whose=people[key])


def _key(visit: Visit, patient: Whose | None, number: int, how: Pricing) -> tuple[object, ...]:
    if patient is None:
        return ("visit", number)
    provider = visit.billing_provider.npi if visit.billing_provider else None
    return (patient, visit.date_of_service, provider, visit.payer or how.payer)


def _price(policy: Policy, visits: tuple[Visit, ...], how: Pricing) -> TreatmentDay:
    lines, owners = [], []
    for number, visit in enumerate(visits):
        for service in visit.services:
            if service.units is None:
                return TreatmentDay(visits, (), (), reason="its units are not decided; quarterhour units counts them")
            if service.units:
                lines.append(AskedLine(service.code, service.units, service.modifiers, service.charge))
                owners.append(number)
    day = TreatmentDay(visits, tuple(lines), tuple(owners), reason=None if lines else NOTHING_BILLED)
    if day.reason:
        return day
    try:
        if how.own is not None:
            return msgspec.structs.replace(day, own=tuple(how.own.price_all(lines, day.day)))
        return msgspec.structs.replace(day, priced=_by_fee_schedule(policy, day, how))
    except (PolicyError, BadRequest) as error:
        return msgspec.structs.replace(day, reason=str(error))


def _by_fee_schedule(policy: Policy, day: TreatmentDay, how: Pricing) -> PricedDay:
    first = day.visits[0]
    terms = policy.payers.terms(first.payer or how.payer or DEFAULT_PAYER, first.setting, day.day.toordinal())
    claim = terms.value("claim_type")
    if claim is None:
        raise BadRequest("whether its claim is professional or institutional is not known for that date")
    zips = {visit.zip for visit in day.visits if visit.zip}
    places = [where_of(policy, day.day, one, None) for one in sorted(zips)]
    if not places:
        places = [where_of(policy, day.day, how.zip, how.locality)]
    if len({place.locality for place in places}) > 1:
        raise BadRequest("its visits of one day lie in different payment localities; price them one by one")
    return price_day(policy, day.lines, places[0], day.day, Terms(claim.value, how.qualifying))


def visits_without_price(days: Sequence[TreatmentDay]) -> list[dict[str, str | None]]:
    """The visits that have no price, with the reason."""
    return [
        {"visit_id": visit.visit_id, "on": day.day.isoformat(), "reason": day.reason}
        for day in days
        if day.reason
        for visit in day.visits
    ]
