"""A claim as a payer takes it, and its lines."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from quarterhour.domain.coverage import Coverage, OtherCoverage
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Modifier, Patient, PlaceOfService, Pointer, ProcedureCode, Provider, Units

ClaimType = Literal["professional", "institutional"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What all parts share."""


class Line(_Part, frozen=True):
    """A service line: one row of a claim. ``units`` 0 never stands on a claim.

    ``place_of_service`` and ``rendering_provider`` stand on a line only where they are not the claim's.
    """

    code: ProcedureCode
    units: Units
    modifiers: tuple[Modifier, ...] = ()
    charge: Cents | None = None
    date_of_service: dt.date | None = None
    date_to: dt.date | None = None
    revenue_code: str | None = None
    diagnosis_pointers: tuple[Pointer, ...] = ()
    control_number: str | None = None
    place_of_service: PlaceOfService | None = None
    rendering_provider: Provider | None = None
    prior_authorization: str | None = None


class Attachment(_Part, frozen=True):
    """A report that goes with the claim: ``report`` such as 03 or OZ, ``how`` AA, BM, EL, EM, FT or FX."""

    report: str
    how: str
    control_number: str | None = None


class Institutional(_Part, frozen=True):
    """What only an institutional claim has. ``facility`` is the first two places of the type of bill, such as 74.

    ``codes`` are occurrence, condition and value codes as their qualifier and the rest of the composite.
    """

    facility: str
    statement_from: dt.date
    statement_to: dt.date
    patient_status: str
    admission_type: str | None = None
    admission_source: str | None = None
    admitted: dt.datetime | None = None
    attending: Provider | None = None
    codes: tuple[tuple[str, str], ...] = ()


class Claim(_Part, frozen=True):
    """What one billing provider asks of one payer for one patient.

    ``payer`` names the payer's terms in the policy; it is empty where only an identifier is known (``coverage``). Only
    ``patient`` and ``coverage`` beside the lines, diagnoses and billing provider are needed to send a claim.
    """

    patient_control_number: str
    claim_type: ClaimType
    payer: str
    lines: tuple[Line, ...]
    frequency: str = "1"
    original_reference: str | None = None
    place_of_service: PlaceOfService | None = None
    diagnoses: tuple[str, ...] = ()
    patient: Patient | None = None
    coverage: Coverage | None = None
    others: tuple[OtherCoverage, ...] = ()
    billing_provider: Provider | None = None
    rendering_provider: Provider | None = None
    referring_provider: Provider | None = None
    ordering_provider: Provider | None = None
    supervising_provider: Provider | None = None
    service_facility: Provider | None = None
    institutional: Institutional | None = None
    attachments: tuple[Attachment, ...] = ()
    onset: dt.date | None = None
    initial_treatment: dt.date | None = None
    last_seen: dt.date | None = None
    accident: dt.date | None = None
    related_causes: tuple[str, ...] = ()
    accident_state: str | None = None
    note: str | None = None
    referral: str | None = None
    prior_authorization: str | None = None
    medical_record: str | None = None
    patient_paid: Cents | None = None
    stated_charge: Cents | None = None
    """the total the claim itself states, where it was read"""
    provider_signature: str = "Y"
    assignment: str = "A"
    benefits_assigned: str = "Y"
    release: str = "Y"

    @property
    def charge(self) -> Cents:
        """The sum of the lines' charges, lines without one left out."""
        return Cents(sum(line.charge or 0 for line in self.lines))
