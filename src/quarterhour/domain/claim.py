"""A claim as a payer takes it, and its lines."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Modifier, PlaceOfService, Pointer, ProcedureCode, Provider, Units

ClaimType = Literal["professional", "institutional"]


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A service line: one row of a claim. ``units`` 0 never stands on a claim."""

    code: ProcedureCode
    units: Units
    modifiers: tuple[Modifier, ...] = ()
    charge: Cents | None = None
    date_of_service: dt.date | None = None
    revenue_code: str | None = None
    diagnosis_pointers: tuple[Pointer, ...] = ()
    control_number: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one billing provider asks of one payer for one patient."""

    patient_control_number: str
    claim_type: ClaimType
    payer: str
    lines: tuple[Line, ...]
    frequency: str = "1"
    original_reference: str | None = None
    place_of_service: PlaceOfService | None = None
    diagnoses: tuple[str, ...] = ()
    billing_provider: Provider | None = None
    rendering_provider: Provider | None = None
    referring_provider: Provider | None = None
    prior_authorization: str | None = None

    @property
    def charge(self) -> Cents:
        """The sum of the lines' charges, lines without one left out."""
        return Cents(sum(line.charge or 0 for line in self.lines))
