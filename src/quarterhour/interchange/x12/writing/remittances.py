"""835 (005010X221A1) out of payments, as a payer sends it. Sums are computed, so that what is written balances."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import msgspec

from quarterhour.domain.coverage import Adjustment
from quarterhour.domain.money import Cents
from quarterhour.interchange.x12.writing.parties import write_adjustments
from quarterhour.interchange.x12.writing.pen import (
    Envelope,
    Pen,
    amount,
    day,
    envelope_begin,
    envelope_end,
    joined,
    need,
    segment,
)

GUIDE: Final = "005010X221A1"
_ADJUSTMENTS = 6  # pairs of one PLB
_PATIENT: Final = "PR"


class PaidLine(msgspec.Struct, frozen=True, kw_only=True):
    """A service as a payer judged it; what was paid is the charge less the adjustments."""

    code: str
    charge: Cents
    units: int
    modifiers: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    date_of_service: dt.date | None = None
    control_number: str | None = None
    allowed: Cents | None = None

    @property
    def paid(self) -> Cents:
        """The charge less the adjustments."""
        return Cents(self.charge - sum(each.amount for each in self.adjustments))


class PaidClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as a payer judged it. ``status`` 1 first payer, 2 second, 4 denied, 22 reversal."""

    patient_control_number: str
    payer_control_number: str
    family: str
    given: str
    member_id: str
    lines: tuple[PaidLine, ...]
    status: str = "1"
    filing: str = "MB"
    place: str = "11"
    frequency: str = "1"
    adjustments: tuple[Adjustment, ...] = ()
    rendering_npi: str | None = None

    @property
    def charge(self) -> Cents:
        """The sum of the lines' charges."""
        return Cents(sum(line.charge for line in self.lines))

    @property
    def paid(self) -> Cents:
        """What the lines were paid less what the claim was adjusted."""
        return Cents(sum(line.paid for line in self.lines) - sum(each.amount for each in self.adjustments))


class ProviderAdjustment(msgspec.Struct, frozen=True, kw_only=True):
    """What was kept back or added apart from any claim (PLB); an amount above zero lowers the payment."""

    reason: str
    reference: str
    amount: Cents


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """One payment: who pays whom, how, and for which claims."""

    payer_name: str
    payer_id: str
    payer_address: dict[str, str]
    payee_name: str
    payee_npi: str
    trace_number: str
    paid_on: dt.date
    claims: tuple[PaidClaim, ...]
    method: str = "CHK"
    contact_phone: str = "8005550100"
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()

    @property
    def amount(self) -> Cents:
        """What is paid in all."""
        return Cents(sum(claim.paid for claim in self.claims) - sum(each.amount for each in self.provider_adjustments))


def write_remittances(payments: Sequence[Payment], envelope: Envelope) -> bytes:
    """Each payment as a transaction of its own.

    Raises:
        CannotWrite: if an identifier cannot be carried or a name is missing.

    """
    segments = envelope_begin(envelope, "HP", GUIDE)
    for number, payment in enumerate(payments, start=1):
        pen = Pen(claim=0)
        pen.segments.append(f"ST*835*{number:04d}")
        _header(pen, payment)
        pen.segments.append("LX*1")
        for place, claim in enumerate(payment.claims, start=1):
            pen.claim = place
            _claim(pen, claim)
        if payment.provider_adjustments:
            own = [
                element
                for each in payment.provider_adjustments[:_ADJUSTMENTS]
                for element in (f"{each.reason}:{pen.code(each.reference, 50, 'PLB03-2')}", amount(each.amount))
            ]
            pen.segments.append(segment("PLB", payment.payee_npi, f"{payment.paid_on.year}1231", *own))
        pen.segments.append(f"SE*{len(pen.segments) + 1}*{number:04d}")
        segments += pen.segments
    return joined([*segments, *envelope_end(envelope, len(payments))], envelope)


def _header(pen: Pen, payment: Payment) -> None:
    where = payment.payer_address
    payer = need(pen.text(payment.payer_name, 60, "1000A N102"), "1000A N102")
    payee = need(pen.text(payment.payee_name, 60, "1000B N102"), "1000B N102")
    identifier = need(pen.code(payment.payer_id, 10, "TRN03"), "TRN03").rjust(10, "1")
    if payment.amount:
        pen.segments.append(f"BPR*I*{amount(payment.amount)}*C*{payment.method}************{day(payment.paid_on)}")
    else:
        pen.segments.append(f"BPR*H*0*C*NON************{day(payment.paid_on)}")
    pen.segments += [
        f"TRN*1*{pen.code(payment.trace_number, 50, 'TRN02')}*{identifier}",
        f"DTM*405*{day(payment.paid_on)}",
        f"N1*PR*{payer}",
        f"N3*{pen.text(where.get('street'), 55, '1000A N301')}",
        segment("N4", pen.text(where.get("city"), 30, "1000A N401"), where.get("state", ""), where.get("zip", "")),
        f"PER*BL**TE*{payment.contact_phone}",
        f"N1*PE*{payee}*XX*{payment.payee_npi}",
    ]


def _claim(pen: Pen, claim: PaidClaim) -> None:
    every = [*claim.adjustments, *(each for line in claim.lines for each in line.adjustments)]
    owed = sum(each.amount for each in every if each.group == _PATIENT)
    pen.segments.append(
        segment(
            "CLP", pen.code(claim.patient_control_number, 38, "CLP01"), claim.status, amount(claim.charge),
            amount(claim.paid),
            amount(owed) if owed else "", claim.filing, pen.code(claim.payer_control_number, 50, "CLP07"), claim.place,
            claim.frequency,
        )
    )  # fmt: skip
    write_adjustments(pen, claim.adjustments)
    family, given = pen.text(claim.family, 60, "2100 NM103"), pen.text(claim.given, 35, "2100 NM104")
    pen.segments.append(f"NM1*QC*1*{family}*{given}****MI*{pen.code(claim.member_id, 80, '2100 NM109')}")
    if claim.rendering_npi:
        pen.segments.append(f"NM1*82*1******XX*{claim.rendering_npi}")
    for line in claim.lines:
        procedure = "HC:" + ":".join((line.code, *line.modifiers))
        pen.segments.append(segment("SVC", procedure, amount(line.charge), amount(line.paid), "", str(line.units)))
        if line.date_of_service:
            pen.segments.append(f"DTM*472*{day(line.date_of_service)}")
        write_adjustments(pen, line.adjustments)
        if line.control_number:
            pen.segments.append(f"REF*6R*{pen.code(line.control_number, 50, '2110 REF*6R')}")
        if line.allowed is not None:
            pen.segments.append(f"AMT*B6*{amount(line.allowed)}")
        pen.segments += [f"LQ*HE*{remark}" for remark in line.remarks]
