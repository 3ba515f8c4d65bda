"""What services come to: the fee schedule amount unit by unit, and what Medicare and the patient pay of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.domain.claim import ClaimType
from quarterhour.domain.code import modifier_number
from quarterhour.domain.errors import DomainError
from quarterhour.domain.money import Cents
from quarterhour.engine.price.payment import Allowed, Payment, Shares, payments, total
from quarterhour.policy import Policy
from quarterhour.policy.edits import CLAIM_TYPES
from quarterhour.policy.fee_schedule import FACTOR_PLACES, INDEX_PLACES, VALUE_PLACES, unscaled
from quarterhour.policy.parameter import Value
from quarterhour.workflows import price_words as words
from quarterhour.workflows.asked import FORMAT, Day, cited, code_of, day_of, list_of, policy_of
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.own_fees import OwnFees, OwnLine
from quarterhour.workflows.pricing import AskedLine, PricedDay, PricedLine, Terms, assisted, price_day, where_of

_MOST_UNITS: Final = 999
_FORM: Final = re.compile(r"([0-9A-Za-z][0-9]{3}[0-9A-Za-z])((?:[:,][0-9A-Za-z]{2})*)(?:[xX×]([0-9]{1,9}))?")
_SHARES: Final = {
    "medicare": "cms/payment:medicare_share_percent",
    "assistant": "cms/assistants:payment_percent",
    "sequestration": "cms/sequestration:reduction_percent",
}


class PaidLine(msgspec.Struct, frozen=True):
    """A priced line and what becomes of its allowed amount, None where that is not known."""

    line: PricedLine
    paid: Payment | None
    assisted: bool


def price(
    services: Iterable[Sequence[Any]],
    *,
    zip: str | None = None,  # noqa: A002 - the word of the contract
    locality: str | None = None,
    national: bool = False,
    on: Day = None,
    claim: str = "professional",
    qualifying: bool = False,
    facility: bool = False,
    deductible_left: str = "0.00",
    fees: str | Path | None = None,
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """The amounts of one patient's services of one day and one billing provider (contract, section 6).

    ``services`` are ``(code, units)`` or ``(code, units, modifiers)``. The place is a ``zip``, a ``locality`` such as
    ``04412-11``, or ``national``. ``fees`` is a file of a payer's own amounts; then no place is needed, and nothing of
    Medicare's (reduction, deductible, sequestration) applies.

    Raises:
        BadRequest: for a code, units or a place there cannot be, or a code the payer's own amounts do not have.
        NotKnown: where an amount for the date is not held.
        UnknownName: for a locality there is not.

    """
    policy, day = policy_of(policy_folders), day_of(on)
    lines = [_line(service) for service in list_of(services, "services", "(code, units)")]
    if not lines:
        raise BadRequest("nothing to price: give at least one code with its units, such as 97530x2")
    if fees is not None:
        return own_answer(OwnFees(Path(fees)).price_all(lines, day), day)
    if claim not in CLAIM_TYPES:
        msg = f"expected a claim of {' or '.join(CLAIM_TYPES)}, got {claim!r}"
        raise BadRequest(msg)
    of: ClaimType = "institutional" if claim == "institutional" else "professional"
    where = where_of(policy, day, zip, locality, national=national)
    priced = price_day(policy, lines, where, day, Terms(of, qualifying, facility))
    return answer(policy, priced, amount_of(deductible_left, "the deductible left"))


def service_of(text: str) -> tuple[str, int, list[str]] | None:
    """A service as people write it, ``97530x2`` or ``97530:CQx2``, as :func:`price` takes it; None of another text."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    return match[1], int(match[3] or 1), [part for part in re.split("[:,]", match[2]) if part]


def price_written(services: Iterable[str], **how: Any) -> dict[str, Any]:
    """As :func:`price`, of services as people write them.

    Raises:
        BadRequest: for one that is written otherwise; and as :func:`price`.

    """
    asked = [service_of(text.strip()) for text in services]
    if not all(asked):
        raise BadRequest("expected codes such as 97530x2 or 97530:CQx2 (code, modifiers, units)")
    return price([one for one in asked if one], **how)


def answer(policy: Policy, priced: PricedDay, deductible_left: Cents) -> dict[str, Any]:
    """The answer for a priced day."""
    locality = priced.where.locality
    terms = {name: policy.parameter(parameter).on(priced.day) for name, parameter in _SHARES.items()}
    shares = Shares(**{name: value.value for name, value in terms.items()})
    rows = _paid(policy, priced, deductible_left, shares)
    return {
        "format": FORMAT,
        "on": priced.day.isoformat(),
        "basis": "medicare-physician-fee-schedule",
        "zip": priced.where.zip.zip if priced.where.zip else None,
        "carrier": locality.carrier if locality else None,
        "locality": locality.number if locality else None,
        "locality_name": locality.name if locality else "national",
        "indices": {
            "work": unscaled(priced.indices.work, INDEX_PLACES),
            "pe": unscaled(priced.indices.expense, INDEX_PLACES),
            "mp": unscaled(priced.indices.malpractice, INDEX_PLACES),
        },
        "conversion_factor": unscaled(priced.factor, FACTOR_PLACES),
        "lines": [row for line in priced.lines for row in _unit_rows(line)],
        "services": [_service(row) for row in rows],
        "not_priced": [
            {"code": line.asked.code, "units": line.asked.units, "reason": line.reason}
            for line in priced.lines
            if line.reason
        ],
        "total_allowed": str(Cents(priced.allowed)),
        "payment": _payment(total(row.paid for row in rows if row.paid), shares, deductible_left),
        "explanation": [
            *(words.unit_words(priced, line, unit) for line in priced.lines for unit in line.units),
            *words.full_words(priced.lines),
            *(said for line in priced.lines for said in words.line_words(line)),
            *(
                words.payment_words(row.line.asked.code, row.paid, shares, assisted=row.assisted)
                for row in rows
                if row.paid and row.line.units
            ),
        ],
        "notes": [*words.notes(priced), *_deductible_note(deductible_left)],
        "sources": _sources(priced, terms),
    }


def own_answer(lines: Sequence[OwnLine], day: dt.date) -> dict[str, Any]:
    """The answer by a payer's own amounts."""
    return {
        "format": FORMAT,
        "on": day.isoformat(),
        "basis": "own-fee-schedule",
        "zip": None,
        "carrier": None,
        "locality": None,
        "locality_name": None,
        "indices": None,
        "conversion_factor": None,
        "lines": [
            {"code": line.asked.code, "unit": number, "allowed": str(Cents(cents))}
            for line in lines
            for number, cents in enumerate(line.units, 1)
        ],
        "services": [
            {
                "code": line.asked.code,
                "modifiers": list(line.asked.modifiers),
                "units": line.asked.units,
                "charge": None if line.asked.charge is None else str(line.asked.charge),
                "fee": str(Cents(sum(line.units))),
                "allowed": str(Cents(line.allowed)),
            }
            for line in lines
        ],
        "not_priced": [],
        "total_allowed": str(Cents(sum(line.allowed for line in lines))),
        "payment": None,
        "explanation": [
            f"{line.asked.code}: {' + '.join(str(Cents(cents)) for cents in line.units)} = {Cents(sum(line.units))} "
            f"(line {line.row.line} of the file)"
            for line in lines
        ],
        "notes": ["what the plan pays of these amounts depends on the patient's benefits"],
        "sources": [],
    }


def amount_of(text: str, what: str) -> Cents:
    """An amount of money as callers give it.

    Raises:
        BadRequest: unless it is a decimal that is not negative.

    """
    try:
        amount = Cents.parse(text)
    except DomainError as error:
        msg = f"{what}: {error}"
        raise BadRequest(msg) from None
    if amount < 0:
        msg = f"{what} is not negative, got {text}"
        raise BadRequest(msg)
    return amount


def _line(service: Sequence[Any]) -> AskedLine:
    if isinstance(service, str) or len(service) not in {2, 3}:
        raise BadRequest("expected (code, units) or (code, units, modifiers)")
    code, units = code_of(service[0]), service[1]
    if isinstance(units, bool) or not isinstance(units, int) or not 1 <= units <= _MOST_UNITS:
        msg = f"{code}: expected 1 to {_MOST_UNITS} units, got {units!r}"
        raise BadRequest(msg)
    modifiers = tuple(str(one).strip().upper() for one in (service[2] if len(service) > 2 else ()))
    try:
        for modifier in modifiers:
            modifier_number(modifier)
    except DomainError as error:
        msg = f"{code}: {error}"
        raise BadRequest(msg) from None
    return AskedLine(code, units, modifiers)


def _unit_rows(line: PricedLine) -> Iterable[dict[str, Any]]:
    used = line.used
    if used is None:
        return
    for unit in line.units:
        yield {
            "code": line.asked.code,
            "unit": unit.unit,
            "work": unscaled(used.work, VALUE_PLACES),
            "pe": unscaled(used.expense, VALUE_PLACES),
            "mp": unscaled(used.malpractice, VALUE_PLACES),
            "pe_factor": words.factor_text(unit.expense_percent),
            "allowed": str(Cents(unit.cents)),
        }


def _paid(policy: Policy, priced: PricedDay, deductible_left: Cents, shares: Shares) -> list[PaidLine]:
    marks = [assisted(policy, line.asked.modifiers) for line in priced.lines]
    known = [
        Allowed(line.allowed, mark) for line, mark in zip(priced.lines, marks, strict=True) if line.allowed is not None
    ]
    found = iter(payments(known, deductible_left, shares))
    return [
        PaidLine(line, None if line.allowed is None else next(found), mark)
        for line, mark in zip(priced.lines, marks, strict=True)
    ]


def _service(row: PaidLine) -> dict[str, Any]:
    line, asked = row.line, row.line.asked
    return {
        "code": asked.code,
        "modifiers": list(asked.modifiers),
        "units": asked.units,
        "charge": None if asked.charge is None else str(asked.charge),
        "fee": str(Cents(line.fee)),
        "allowed": None if line.allowed is None else str(Cents(line.allowed)),
        "assistant": row.assisted,
        **({} if row.paid is None else _steps(row.paid)),
    }


def _steps(paid: Payment) -> dict[str, str]:
    return {
        "deductible": str(Cents(paid.deductible)),
        "coinsurance": str(Cents(paid.coinsurance)),
        "medicare_share": str(Cents(paid.share)),
        "assistant_reduction": str(Cents(paid.assistant_reduction)),
        "sequestration": str(Cents(paid.sequestration)),
        "medicare": str(Cents(paid.medicare)),
        "patient": str(Cents(paid.patient)),
    }


def _payment(paid: Payment, shares: Shares, deductible_left: Cents) -> dict[str, Any]:
    return {
        **_steps(paid),
        "total": str(Cents(paid.medicare + paid.patient)),
        "deductible_left": str(Cents(deductible_left - paid.deductible)),
        "percent": {
            "medicare": shares.medicare,
            "assistant": shares.assistant,
            "sequestration": shares.sequestration,
        },
    }


def _deductible_note(left: Cents) -> list[str]:
    return [] if left else ["the deductible of the year is taken as met; --deductible-left says otherwise"]


def _sources(priced: PricedDay, terms: dict[str, Value[Any]]) -> list[dict[str, Any]]:
    rows = [cited(value.source, value.evidence, value.first) for value in (*priced.rests_on, *terms.values())]
    by = priced.where.zip
    if by:
        rows.append(cited(by.source, by.evidence, by.as_of))
    return [row for number, row in enumerate(rows) if row not in rows[:number]]
