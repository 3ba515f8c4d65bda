"""A claim with all that X12 wants beside it: who is insured, by whom, who else pays, who sent the patient.

Built of the domain's records; what is here besides is what only a claim form has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from quarterhour.domain.claim import Claim, ClaimType, Line
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Patient, Provider, Visit
from quarterhour.interchange.x12.errors import CannotWrite


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
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

    Args:
        relationship: of the patient to the insured: ``18`` self, ``01`` spouse, ``19`` child, ``G8`` other.
        order: ``P`` first, ``S`` second, ``T`` third payer.
        filing: claim filing indicator: ``MB`` Medicare part B, ``CI`` commercial, ``WC`` workers' compensation, ...
        subscriber: the insured, where that is not the patient; ``member_id`` is the insured's.

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


class Attachment(_Part, frozen=True):
    """A report that goes with the claim: ``report`` such as 03 or OZ, ``how`` AA, BM, EL, EM, FT or FX."""

    report: str
    how: str
    control_number: str | None = None


class Institutional(_Part, frozen=True):
    """What only an institutional claim has. ``facility`` is the first two places of the type of bill, such as 74."""

    facility: str
    statement_from: dt.date
    statement_to: dt.date
    patient_status: str
    admission_type: str | None = None
    admission_source: str | None = None
    admitted: dt.datetime | None = None
    attending: Provider | None = None
    codes: tuple[tuple[str, str], ...] = ()


class Outgoing(_Part, frozen=True):
    """A claim ready to be written."""

    claim: Claim
    patient: Patient
    coverage: Coverage
    others: tuple[OtherCoverage, ...] = ()
    ordering: Provider | None = None
    supervising: Provider | None = None
    service_facility: Provider | None = None
    attachments: tuple[Attachment, ...] = ()
    onset: dt.date | None = None
    initial_treatment: dt.date | None = None
    last_seen: dt.date | None = None
    accident: dt.date | None = None
    related_causes: tuple[str, ...] = ()
    accident_state: str | None = None
    note: str | None = None
    referral: str | None = None
    medical_record: str | None = None
    patient_paid: Cents | None = None
    institutional: Institutional | None = None
    provider_signature: str = "Y"
    assignment: str = "A"
    benefits_assigned: str = "Y"
    release: str = "Y"


def claim_of_visits(
    visits: Sequence[Visit], patient_control_number: str, *, claim_type: ClaimType = "professional",
    frequency: str = "1", original_reference: str | None = None,
) -> Claim:  # fmt: skip
    """One claim of visits of one patient: a line for each service with units, dated with its visit.

    Services without units (given and not billed) make no line. Control numbers of lines are the claim's and the
    line's number, so that a remittance finds its way back.

    Raises:
        CannotWrite: if there is no visit, if visits differ in what a claim has only once, or if a charge is missing.

    """
    if not visits:
        raise CannotWrite("CLM", "a claim needs at least one visit")
    first = visits[0]
    for name in ("payer", "place_of_service", "billing_provider"):
        if any(getattr(visit, name) != getattr(first, name) for visit in visits):
            raise CannotWrite("CLM", f"the visits differ in {name}, which a claim has once")
    lines: list[Line] = []
    diagnoses = dict.fromkeys(code for visit in visits if visit.plan_of_care for code in visit.plan_of_care.diagnoses)
    for visit in visits:
        for service in visit.services:
            if not service.units:
                continue
            if service.charge is None:
                raise CannotWrite("2400 SV102", "a service without a charge")
            lines.append(
                Line(
                    code=service.code, units=service.units, modifiers=service.modifiers, charge=service.charge,
                    date_of_service=visit.date_of_service,
                    diagnosis_pointers=service.diagnosis_pointers or ((1,) if diagnoses else ()),
                    control_number=f"{patient_control_number}-{len(lines) + 1}",
                )
            )  # fmt: skip
    return Claim(
        patient_control_number=patient_control_number, claim_type=claim_type, payer=first.payer or "",
        lines=tuple(lines),
        frequency=frequency, original_reference=original_reference, place_of_service=first.place_of_service,
        diagnoses=tuple(diagnoses), billing_provider=first.billing_provider, rendering_provider=first.therapist,
        referring_provider=first.referring_provider, prior_authorization=first.prior_authorization,
    )  # fmt: skip
