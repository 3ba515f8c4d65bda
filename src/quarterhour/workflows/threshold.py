"""How near patients are to the KX thresholds of the year, visit by visit, and when they will pass them.

KX states that services above the threshold are necessary. It is never added here: what is said is from which visit on a
person has to decide about it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, get_args

import msgspec

from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Visit
from quarterhour.engine.accrual import Step, accrue, forecast
from quarterhour.policy import Policy
from quarterhour.policy.parameter import Value
from quarterhour.workflows.asked import FORMAT, Day, cited, day_of, iso, policy_of
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.inputs import Input, of_paths, of_values
from quarterhour.workflows.price import amount_of
from quarterhour.workflows.report import defect_row
from quarterhour.workflows.threshold_words import not_judged, told
from quarterhour.workflows.treatment_days import (
    NOTHING_BILLED,
    Pricing,
    TreatmentDay,
    pricing_of,
    treatment_days,
)
from quarterhour.workflows.whose import PARTED, Whose, patient_of

Order = Literal["date", "receipt"]
#: The parameter of each threshold, by the name the visit record has for it.
BUCKETS: Final[dict[str, str]] = {"PT+SLP": "cms/thresholds:kx_pt_slp", "OT": "cms/thresholds:kx_ot"}
_BUCKET_OF: Final[dict[str | None, str]] = {"PT": "PT+SLP", "SLP": "PT+SLP", "OT": "OT"}


class Balance(msgspec.Struct, frozen=True):
    """What the contractor reports as accrued, by bucket; ``on``: visits up to that day are part of it."""

    amounts: Mapping[str, Cents]
    on: dt.date | None


class Account(msgspec.Struct, frozen=True, order=True):
    """What is counted apart: one patient, calendar year and bucket."""

    patient: Whose
    year: int
    bucket: str


class Counted(msgspec.Struct, frozen=True):
    """A visit that counts: its allowed amount in cents after the reduction, and its place among the records."""

    visit: Visit
    amount: int
    place: int


class Tally(msgspec.Struct, frozen=True):
    """The visits that count, and those whose amount is not held, by account; and all that do not count, with why."""

    counted: dict[Account, list[Counted]]
    not_held: dict[Account, list[Visit]]
    not_counted: list[dict[str, Any]]


def threshold(
    visits: Any,
    *,
    zip: str | None = None,  # noqa: A002 - the word of the contract
    locality: str | None = None,
    payer: str | None = None,
    fees: str | Path | None = None,
    order: Order = "date",
    balance: Mapping[str, str] | None = None,
    balance_on: Day = None,
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """The accrual of each patient, year and bucket in visit records that are Python values.

    ``balance`` is what the contractor reports, such as ``{"PT+SLP": "1200.00"}``, visits up to ``balance_on`` included;
    it is for one patient. ``order`` is that of the dates of service, or of receipt: as the records stand.

    Raises:
        BadRequest: for a balance of several patients, or a bucket there is not.

    """
    policy = policy_of(policy_folders)
    how = pricing_of(policy, zip_code=zip, locality=locality, payer=payer, fees=fees)
    inputs = [of_values(visits, payer_needed=payer is None)]
    return _answer(policy, inputs, how, order, _balance(balance or {}, balance_on))


def threshold_paths(
    paths: Iterable[str | Path],
    *,
    zip: str | None = None,  # noqa: A002 - the word of the contract
    locality: str | None = None,
    payer: str | None = None,
    fees: str | Path | None = None,
    order: Order = "date",
    balance: Mapping[str, str] | None = None,
    balance_on: Day = None,
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """The accrual in the visit records of files and folders, as of :func:`threshold`."""
    policy = policy_of(policy_folders)
    how = pricing_of(policy, zip_code=zip, locality=locality, payer=payer, fees=fees)
    inputs, _ = of_paths(paths, payer_needed=payer is None)
    return _answer(policy, inputs, how, order, _balance(balance or {}, balance_on))


def _balance(amounts: Mapping[str, str], on: Day) -> Balance:
    strange = [bucket for bucket in amounts if bucket not in BUCKETS]
    if strange:
        msg = f"expected a balance of {' or '.join(BUCKETS)}, got {strange[0]!r}"
        raise BadRequest(msg)
    read = {bucket: amount_of(text, f"the balance of {bucket}") for bucket, text in amounts.items()}
    return Balance(read, None if on is None else day_of(on))


def _answer(policy: Policy, inputs: Sequence[Input], how: Pricing, order: Order, balance: Balance) -> dict[str, Any]:
    if order not in get_args(Order):
        msg = f"expected an order of {' or '.join(get_args(Order))}, got {order!r}"
        raise BadRequest(msg)
    visits = [one.visit for given in inputs for one in given.reading.visits]
    tally = _tallied(policy, visits, how)
    if balance.amounts and len({account.patient for account in (*tally.counted, *tally.not_held)}) > 1:
        raise BadRequest("a balance is that of one patient; the records are of several")
    accounts = []
    for account in sorted({*tally.counted, *tally.not_held}):
        counted, missing = tally.counted.get(account, ()), tally.not_held.get(account, ())
        ordered = sorted(counted, key=lambda one: one.place if order == "receipt" else one.visit.date_of_service)
        found = _account(policy, account, ordered, balance) if ordered else _unknown(policy, account, missing, balance)
        if account.patient.part:
            found["explanation"] = [PARTED, *found["explanation"]]
        accounts.append(found | {"complete": not missing})
    return {
        "format": FORMAT,
        "order": order,
        "accounts": accounts,
        "not_counted": tally.not_counted,
        "errors": [{"path": given.path, **defect_row(defect)} for given in inputs for defect in given.reading.defects],
    }


def _tallied(policy: Policy, visits: Sequence[Visit], how: Pricing) -> Tally:
    places = {id(visit): number for number, visit in enumerate(visits)}
    tally = Tally({}, {}, [])
    for day in treatment_days(policy, visits, how):
        reasons = [_outside(policy, visit, how) for visit in day.visits]
        amounts = [None] * len(reasons) if all(reasons) else _amounts(policy, day)
        for visit, amount, outside in zip(day.visits, amounts, reasons, strict=True):
            account = Account(day.whose or Whose(""), day.day.year, _BUCKET_OF.get(visit.discipline, ""))
            if outside is None and amount is not None:
                tally.counted.setdefault(account, []).append(Counted(visit, amount, places[id(visit)]))
                continue
            reason = outside or day.reason or "a line has no amount of the fee schedule"
            if outside is None and reason != NOTHING_BILLED:
                tally.not_held.setdefault(account, []).append(visit)
            tally.not_counted.append({"visit_id": visit.visit_id, "on": iso(day.day), "reason": reason})
    return tally


def _amounts(policy: Policy, day: TreatmentDay) -> list[int | None]:
    """The allowed amount of each visit of a day, None where one of its lines has none."""
    if day.reason:
        return [None] * len(day.visits)
    denied = policy.modifiers.bits(*policy.parameter("cms/thresholds:not_accrued_modifiers").on(day.day).value)
    sums: list[int | None] = [0] * len(day.visits)
    for line, owner, allowed in zip(day.lines, day.visit_of, day.allowed(), strict=True):
        before = sums[owner]
        if any(policy.modifiers.bit(modifier) & denied for modifier in line.modifiers):
            continue
        sums[owner] = None if before is None or allowed is None else before + allowed
    return sums


def _outside(policy: Policy, visit: Visit, how: Pricing) -> str | None:
    """Why a visit counts toward no threshold, None where it counts."""
    payer = visit.payer or how.payer
    if payer is None or payer not in policy.payers:
        return "its payer is not known"
    if policy.payers.terms(payer, visit.setting, visit.date_of_service.toordinal()).number("kx_threshold") != 1:
        return "its payer has no such threshold on that date"
    if patient_of(visit) is None:
        return "it does not say whose visit it is"
    if visit.discipline is None:
        return "it does not say its discipline, so neither its threshold"
    return None


def _account(policy: Policy, account: Account, counted: Sequence[Counted], balance: Balance) -> dict[str, Any]:
    """An account of which visits count, in their order."""
    year, bucket = account.year, account.bucket
    amount = _threshold(policy, account, [one.visit for one in counted])
    start, reported = _reported(account, balance)
    inside = [one for one in counted if reported and one.visit.date_of_service <= reported]
    after = [one for one in counted if not reported or one.visit.date_of_service > reported]
    steps = accrue([one.amount for one in after], start, amount.value, [_stated(one.visit, bucket) for one in after])
    accrued = steps[-1].after if steps else start
    pace = forecast(
        [one.visit.date_of_service for one in counted], [one.amount for one in counted], accrued, amount.value
    )
    first = next((one.visit for one, step in zip(after, steps, strict=True) if step.standing != "below"), None)
    return _named(policy, account, [one.visit for one in counted], start) | {
        "accrued": str(Cents(accrued)),
        "left": str(Cents(max(amount.value - accrued, 0))),
        "kx_from": None if first is None else {"visit_id": first.visit_id, "on": iso(first.date_of_service)},
        "visits": [
            *({**_row(one), "before": None, "after": None, "standing": "in the balance"} for one in inside),
            *({**_row(one), **_moved(step)} for one, step in zip(after, steps, strict=True)),
        ],
        "forecast": None
        if pace is None
        else {
            "visits": pace.visits,
            "per_visit": str(Cents(pace.total // pace.visits)),
            "further_visits": pace.further,
            "on": iso(pace.on) if pace.on and pace.on.year == year else None,
        },
        "explanation": list(told(year, bucket, amount.value, accrued, first, pace)),
    }


def _unknown(policy: Policy, account: Account, visits: Sequence[Visit], balance: Balance) -> dict[str, Any]:
    """An account of which no visit has an amount: nothing can be said of what has accrued."""
    start, _ = _reported(account, balance)
    return _named(policy, account, visits, start) | {
        "accrued": None,
        "left": None,
        "kx_from": None,
        "visits": [],
        "forecast": None,
        "explanation": [not_judged(account.year, account.bucket, len(visits))],
    }


def _named(policy: Policy, account: Account, visits: Sequence[Visit], start: int) -> dict[str, Any]:
    """Whose account it is, the amounts of the year and where it begins."""
    patient = visits[0].patient
    last_day = max(visit.date_of_service for visit in visits)
    amount = _threshold(policy, account, visits)
    review = policy.parameter("cms/thresholds:review_threshold").on(last_day)
    return {
        "patient_id": patient.id if patient else None,
        "patient_parted": account.patient.part > 0,
        "year": account.year,
        "bucket": account.bucket,
        "threshold": str(Cents(amount.value)),
        "threshold_as_of": iso(amount.as_of(last_day)),
        "review_threshold": str(Cents(review.value)),
        "start": str(Cents(start)),
        "sources": [cited(amount.source, amount.evidence, amount.first)],
    }


def _threshold(policy: Policy, account: Account, visits: Sequence[Visit]) -> Value[Any]:
    return policy.parameter(BUCKETS[account.bucket]).on(max(visit.date_of_service for visit in visits))


def _reported(account: Account, balance: Balance) -> tuple[int, dt.date | None]:
    """The balance an account begins with, in cents, and the last day that is part of it."""
    # A balance is that of one year; without a day it stands before every visit.
    if account.bucket not in balance.amounts or (balance.on and balance.on.year != account.year):
        return 0, None
    return int(balance.amounts[account.bucket]), balance.on


def _stated(visit: Visit, bucket: str) -> int | None:
    if visit.accrued is None:
        return None
    return visit.accrued.ot if bucket == "OT" else visit.accrued.pt_slp


def _row(one: Counted) -> dict[str, Any]:
    return {
        "visit_id": one.visit.visit_id,
        "on": iso(one.visit.date_of_service),
        "discipline": one.visit.discipline,
        "allowed": str(Cents(one.amount)),
    }


def _moved(step: Step) -> dict[str, str]:
    return {"before": str(Cents(step.before)), "after": str(Cents(step.after)), "standing": step.standing}
