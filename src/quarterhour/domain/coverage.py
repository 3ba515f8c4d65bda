"""Who insures a patient, in which order, and what each payer has said of a claim so far."""

from __future__ import annotations

import datetime as dt

import msgspec

from quarterhour.domain.money import Cents
from quarterhour.domain.people import Patient


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What all parts share."""


class Adjustment(_Part, frozen=True):
    """What a payer did not pay: ``group`` such as CO or PR, ``reason`` a claim adjustment reason code."""

    group: str
    reason: str
    amount: Cents
    quantity: int | None = None


class LinePaid(_Part, frozen=True):
    """What another payer said of one line; ``line`` counts from 1."""

    line: int
    paid: Cents
    paid_on: dt.date
    units: int | None = None
    adjustments: tuple[Adjustment, ...] = ()


class Coverage(_Part, frozen=True):
    """One payer of the patient.

    ``relationship`` is the patient's to the insured (``18`` self, ``01`` spouse, ``19`` child, ``G8`` other), ``order``
    the place among the payers (``P`` first, ``S`` second, ``T`` third), ``filing`` the claim filing indicator (``MB``
    Medicare part B, ``CI`` commercial, ``WC`` workers' compensation, ...). ``subscriber`` is the insured where that is
    not the patient; ``member_id`` is the insured's.
    """

    payer_name: str
    payer_id: str
    member_id: str
    relationship: str = "18"
    order: str = "P"
    filing: str = "CI"
    group: str | None = None
    group_name: str | None = None
    insurance_type: str | None = None
    subscriber: Patient | None = None
    payer_address: dict[str, str] | None = None


class OtherCoverage(_Part, frozen=True):
    """Another payer of the claim, and what it has said so far."""

    coverage: Coverage
    paid: Cents | None = None
    adjustments: tuple[Adjustment, ...] = ()
    lines: tuple[LinePaid, ...] = ()
    claim_number: str | None = None
    benefits_assigned: str = "Y"
    release: str = "Y"
