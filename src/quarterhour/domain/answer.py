"""What a payer answered to a claim, line by line, as far as a remittance tells it."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal, get_args

import msgspec

from quarterhour.domain.coverage import Adjustment
from quarterhour.domain.money import Cents

#: What became of an amount that was asked for. ``paid``; ``reduced`` by contract or law; ``patient-share`` by the
#: plan's terms; ``denied``; ``unprocessable`` (nothing was decided); ``reversed`` (an earlier answer taken back);
#: ``rejected`` (never adjudicated); ``unknown`` (our table does not have its code); ``unexplained`` (no code at all).
Standing = Literal[
    "paid", "reduced", "patient-share", "denied", "unprocessable", "reversed", "rejected", "unknown", "unexplained"
]
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)
#: The standings that are work for somebody.
WORK: Final[frozenset[Standing]] = frozenset({"denied", "unprocessable", "rejected", "unknown", "unexplained"})
#: Claim status code of a remittance that takes an earlier answer back.
REVERSAL: Final = "22"


class AnsweredLine(msgspec.Struct, frozen=True, gc=False):
    """A service line of a remittance, or what a remittance says of a claim as a whole (``number`` 0).

    ``code`` and ``modifiers`` are those that were judged; ``sent_code`` and ``sent_modifiers`` those the payer says
    were sent, where it names them apart. Units are thousandths, None where they were not told. ``charge`` and ``paid``
    of the claim as a whole are what its lines do not account for.
    """

    number: int
    segment: int
    charge: Cents
    paid: Cents
    code: str = ""
    modifiers: tuple[str, ...] = ()
    sent_code: str = ""
    sent_modifiers: tuple[str, ...] = ()
    units: int | None = None
    sent_units: int | None = None
    date_of_service: dt.date | None = None
    revenue_code: str = ""
    control_number: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def asked_code(self) -> str:
        """The code as it was sent, as far as the payer tells."""
        return self.sent_code or self.code

    @property
    def asked_modifiers(self) -> frozenset[str]:
        """The modifiers as they were sent, as far as the payer tells."""
        return frozenset(self.sent_modifiers if self.sent_code else self.modifiers)

    @property
    def rest(self) -> Cents:
        """What is neither paid nor adjusted; 0 where the line balances."""
        return Cents(self.charge - self.paid - sum(each.amount for each in self.adjustments))


class AnsweredClaim(msgspec.Struct, frozen=True, gc=False):
    """A claim of a remittance; ``filing`` is the claim filing indicator, ``remitted_on`` the date of the remittance."""

    patient_control_number: str
    payer_control_number: str
    status: str
    filing: str
    charge: Cents
    paid: Cents
    segment: int
    lines: tuple[AnsweredLine, ...]
    remarks: tuple[str, ...] = ()
    remitted_on: dt.date | None = None
    payer_name: str = ""
    payer_id: str = ""
    trace_number: str = ""

    @property
    def is_reversal(self) -> bool:
        """Whether an earlier answer is taken back."""
        return self.status == REVERSAL
