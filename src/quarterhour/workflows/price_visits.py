"""What visits come to: each patient's day priced as a whole, all its lines and disciplines together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Visit
from quarterhour.policy import Policy
from quarterhour.workflows.asked import FORMAT, policy_of
from quarterhour.workflows.inputs import Input, of_paths, of_values
from quarterhour.workflows.price import answer, own_answer
from quarterhour.workflows.report import defect_row
from quarterhour.workflows.treatment_days import (
    Pricing,
    TreatmentDay,
    pricing_of,
    treatment_days,
    visits_without_price,
)
from quarterhour.workflows.whose import PARTED

#: Payers that pay by Medicare's amounts; any other has its own, and Medicare's are shown for comparison.
_BY_FEE_SCHEDULE: Final = frozenset({"medicare-b", None})


def price_visits(
    visits: Any,
    *,
    zip: str | None = None,  # noqa: A002 - the word of the contract
    locality: str | None = None,
    payer: str | None = None,
    qualifying: bool = False,
    fees: str | Path | None = None,
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """The price of visit records that are Python values: one, or a list.

    ``zip`` or ``locality`` is for visits that do not say where they were; ``fees`` a file of a payer's own amounts.
    A visit without a price stands under ``not_priced`` with the reason.
    """
    policy = policy_of(policy_folders)
    how = pricing_of(policy, zip_code=zip, locality=locality, payer=payer, fees=fees, qualifying=qualifying)
    return _answer(policy, [of_values(visits, payer_needed=payer is None)], how)


def price_paths(
    paths: Iterable[str | Path],
    *,
    zip: str | None = None,  # noqa: A002 - the word of the contract
    locality: str | None = None,
    payer: str | None = None,
    qualifying: bool = False,
    fees: str | Path | None = None,
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """The price of the visit records in files and folders, as of :func:`price_visits`."""
    policy = policy_of(policy_folders)
    inputs, _ = of_paths(paths, payer_needed=payer is None)
    how = pricing_of(policy, zip_code=zip, locality=locality, payer=payer, fees=fees, qualifying=qualifying)
    return _answer(policy, inputs, how)


def _answer(policy: Policy, inputs: Sequence[Input], how: Pricing) -> dict[str, Any]:
    visits = [one.visit for given in inputs for one in given.reading.visits]
    days = list(treatment_days(policy, visits, how))
    return {
        "format": FORMAT,
        "days": [_day(policy, day, how) for day in days if not day.reason],
        "total_allowed": str(Cents(sum(amount or 0 for day in days for amount in day.allowed()))),
        "not_priced": visits_without_price(days),
        "errors": [{"path": given.path, **defect_row(defect)} for given in inputs for defect in given.reading.defects],
    }


def _day(policy: Policy, day: TreatmentDay, how: Pricing) -> dict[str, Any]:
    first = day.visits[0]
    payer = first.payer or how.payer
    found = own_answer(day.own or (), day.day) if day.priced is None else answer(policy, day.priced, Cents(0))
    if day.priced is not None:
        found["notes"] = [*_other_amounts(policy, payer, first), *found["notes"]]
    parted = day.whose is not None and day.whose.part > 0
    if parted:
        found["notes"] = [*found["notes"], PARTED]
    for row, owner in zip(found["services"], day.visit_of, strict=True):
        row["visit_id"] = day.visits[owner].visit_id
    return {
        "visits": [visit.visit_id for visit in day.visits],
        "patient_id": first.patient.id if first.patient else None,
        "patient_parted": parted,
        "payer": payer,
        **found,
    }


def _other_amounts(policy: Policy, payer: str | None, visit: Visit) -> Iterator[str]:
    """Why what is paid may be another amount than the fee schedule's."""
    if payer not in _BY_FEE_SCHEDULE:
        yield f"these are Medicare's amounts; {policy.payers.title(str(payer))} may pay by others (--fees)"
    elsewhere = policy.parameter("cms/fee_schedule:settings_paid_otherwise").on(visit.date_of_service).value
    if visit.setting in elsewhere:
        yield f"a {visit.setting} is not paid by the fee schedule; its amounts only accrue to the threshold"
