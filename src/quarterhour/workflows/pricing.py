"""The fees of one day's lines: looked up for the date and the place, reduced, capped by the charge.

What several workflows stand on: the price of codes somebody names, of visits, and what accrues to a threshold.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.claim import ClaimType
from quarterhour.domain.money import Cents
from quarterhour.engine.price.day import Entry, UnitFee, unit_fees
from quarterhour.engine.price.fee import NATIONAL, Indices, Values
from quarterhour.policy import Policy
from quarterhour.policy.fee_schedule import FACTOR_PLACES, RelativeValue, scaled
from quarterhour.policy.localities import Locality, ZipLocality
from quarterhour.policy.parameter import Value
from quarterhour.workflows.asked import text_of
from quarterhour.workflows.errors import BadRequest

_RULES: Final = "cms/fee_schedule:"
_REDUCTION: Final = "cms/multiple_procedure:"
_DISCIPLINE: Final = "discipline"
_ASSISTANT: Final = "assistant"
_DENIED: Final = "cms/thresholds:not_accrued_modifiers"
#: Stands for a line without a fee of its own, so that entries and lines are at the same places.
_NO_UNITS: Final = Entry(Values(0, 0, 0), 0, reduced=False)


class AskedLine(msgspec.Struct, frozen=True):
    """A line to price: units as they are billed, which no price changes."""

    code: str
    units: int
    modifiers: tuple[str, ...] = ()
    charge: Cents | None = None


class Where(msgspec.Struct, frozen=True):
    """The place amounts are for: a payment locality, or the nation (``locality`` None, every index 1).

    ``zip`` is the ZIP code the locality was found by.
    """

    locality: Locality | None
    zip: ZipLocality | None = None


class Terms(msgspec.Struct, frozen=True):
    """How a day is priced.

    ``qualifying``: by the conversion factor of qualifying participants. ``facility``: services outside a therapy plan
    of care were furnished in a facility.
    """

    claim: ClaimType = "professional"
    qualifying: bool = False
    facility: bool = False


class NoFee(msgspec.Struct, frozen=True):
    """Why a line has no fee of its own, and what it is allowed then: nothing, or None for what is not known.

    ``denied``: it is billed to be denied.
    """

    reason: str
    allowed: int | None
    denied: bool = False


class PricedLine(msgspec.Struct, frozen=True):
    """A line with the fee of each of its units.

    ``allowed`` is the lower of their sum and the charge, None where the fee schedule leaves the amount open; ``reason``
    says why a line has no fee of its own; ``denied``: it is billed to be denied.
    """

    asked: AskedLine
    values: RelativeValue
    used: Values | None
    units: tuple[UnitFee, ...]
    allowed: int | None
    reason: str | None = None
    denied: bool = False

    @property
    def fee(self) -> int:
        """The sum of the units' fees, in cents."""
        return sum(unit.cents for unit in self.units)


class PricedDay(msgspec.Struct, frozen=True):
    """All lines of one patient, one day and one billing provider."""

    day: dt.date
    where: Where
    terms: Terms
    indices: Indices
    factor: int
    lines: tuple[PricedLine, ...]
    rests_on: tuple[Value[Any], ...]
    """the dated values behind the fees"""

    @property
    def allowed(self) -> int:
        """What all lines with an amount are allowed, in cents."""
        return sum(line.allowed or 0 for line in self.lines)


def price_day(
    policy: Policy, lines: Sequence[AskedLine], where: Where, day: dt.date, terms: Terms | None = None
) -> PricedDay:
    """Price the lines of one patient, one day and one billing provider by the Physician Fee Schedule.

    Raises:
        NotKnown: where an amount for the date is not held; nothing near it stands in for it.

    """
    terms = terms or Terms()
    fees, place = policy.fees, where.locality
    looked_up = [(line, fees.values(line.code, day)) for line in lines]
    factor = fees.factor(day, qualifying=terms.qualifying)
    indices, rests_on = NATIONAL, [fees.release("relative_values", day), factor]
    if place:
        found = fees.indices(place.carrier, place.number, day)
        indices = Indices(found.work, found.expense, found.malpractice)
        rests_on.insert(1, fees.release("cost_indices", day))
    further = policy.parameter(f"{_REDUCTION}further_unit_pe_percent_{terms.claim}").on(day)
    under = policy.parameter(f"{_REDUCTION}fee_schedule_indicator").on(day).value
    denied = policy.parameter(_DENIED).on(day)
    used = [
        _denied(policy, line, denied.value) or _used(policy, line, values, day, facility=terms.facility)
        for line, values in looked_up
    ]
    if any(isinstance(one, NoFee) and one.denied for one in used):
        rests_on.append(denied)
    entries = [
        Entry(one, line.units, reduced=values.multiple == under) if isinstance(one, Values) else _NO_UNITS
        for (line, values), one in zip(looked_up, used, strict=True)
    ]
    numbers = scaled(factor.value, FACTOR_PLACES)
    units = unit_fees(entries, indices, numbers, further.value)
    if any(entry.reduced for entry in entries):
        rests_on.append(further)
    capped = bool(policy.parameter(f"{_RULES}lower_of_charge").on(day).value)
    return PricedDay(
        day,
        where,
        terms,
        indices,
        numbers,
        tuple(
            _line(line, values, one, tuple(unit for unit in units if unit.entry == number), capped=capped)
            for number, ((line, values), one) in enumerate(zip(looked_up, used, strict=True))
        ),
        tuple(rests_on),
    )


def assisted(policy: Policy, modifiers: Sequence[str]) -> bool:
    """Whether a line carries the modifier of an assistant."""
    return bool(_bits(policy, modifiers) & policy.modifiers.bits(_ASSISTANT))


def where_of(
    policy: Policy, day: dt.date, zip_code: str | None, locality: str | None, *, national: bool = False
) -> Where:
    """The place of a ZIP code or a locality such as ``04412-11``.

    Raises:
        BadRequest: unless exactly one way of saying it is used, or where the ZIP code is in no locality.
        UnknownName: for a locality there is not.

    """
    if sum((bool(zip_code), bool(locality), national)) != 1:
        raise BadRequest("say where, in one way: a ZIP code, a locality such as 04412-11, or the national amount")
    if locality:
        return Where(policy.localities.named(text_of(locality, "a locality")))
    if not zip_code:
        return Where(None)
    found = policy.localities.of_zip(text_of(zip_code, "a ZIP code"), day)
    if found is None:
        msg = f"ZIP code {zip_code!r} is in no payment locality of the CMS file for {day}; name the locality instead"
        raise BadRequest(msg)
    return Where(found.locality, found)


def _denied(policy: Policy, line: AskedLine, denied: Sequence[str]) -> NoFee | None:
    """Nothing, for a line billed to be denied; it takes no part in the reduction either. None for any other line."""
    own = _bits(policy, line.modifiers)
    found = [modifier for modifier in denied if own & policy.modifiers.bit(modifier)]
    if not found:
        return None
    return NoFee(f"billed with {' and '.join(found)} to be denied; Medicare pays nothing for it", 0, denied=True)


def _used(policy: Policy, line: AskedLine, values: RelativeValue, day: dt.date, *, facility: bool) -> Values | NoFee:
    """The relative values that count at the site of the line, or why there is no fee."""
    if values.status not in policy.parameter(f"{_RULES}paid_statuses").on(day).value:
        return _without_fee(policy, values.status, day)
    # The facility amount is for what is no therapy; most therapy codes have none.
    therapy = values.facility is None or bool(_bits(policy, line.modifiers) & policy.modifiers.bits(_DISCIPLINE))
    expense = values.facility if facility and not therapy else values.office
    if expense is None:
        return NoFee("the fee schedule has no amount for it outside a facility", None)
    return Values(values.work, expense, values.malpractice)


def _without_fee(policy: Policy, status: str, day: dt.date) -> NoFee:
    if status in policy.parameter(f"{_RULES}bundled_statuses").on(day).value:
        return NoFee(f"its payment is part of the payment for other services (status {status})", 0)
    if status in policy.parameter(f"{_RULES}contractor_priced_statuses").on(day).value:
        return NoFee(f"the contractor sets the amount, the fee schedule has none (status {status})", None)
    return NoFee(f"not paid under the fee schedule (status {status})", 0)


def _line(
    line: AskedLine, values: RelativeValue, used: Values | NoFee, units: tuple[UnitFee, ...], *, capped: bool
) -> PricedLine:
    if isinstance(used, NoFee):
        return PricedLine(line, values, None, (), used.allowed, used.reason, used.denied)
    fee = sum(unit.cents for unit in units)
    lower = capped and line.charge is not None and line.charge < fee
    return PricedLine(line, values, used, units, int(line.charge or 0) if lower else fee)


def _bits(policy: Policy, modifiers: Sequence[str]) -> int:
    return functools.reduce(operator.or_, (policy.modifiers.bit(modifier) for modifier in modifiers), 0)
