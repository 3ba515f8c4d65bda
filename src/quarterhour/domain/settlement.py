"""What a payer has said of a claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.coverage import Adjustment, LinePaid
from quarterhour.domain.money import Cents


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """A claim and what its payer has said of it, or what a price was worked out to be.

    ``lines`` and ``allowed`` are by line, counted from 1; ``adjustments`` are those of the claim as a whole. A line
    that is in neither has no adjudication but what was submitted. ``remarks`` are remittance advice remark codes with
    the number of their line, 0 for the claim. ``claim_number`` is the payer's own, ``status`` the claim status code of
    a remittance (1 first payer, 2 second, 4 denied, 22 reversal, ...), ``paid_on`` the day of the payment.
    """

    claim: Claim
    created: dt.date
    paid: Cents | None = None
    paid_on: dt.date | None = None
    status: str | None = None
    lines: tuple[LinePaid, ...] = ()
    allowed: Mapping[int, Cents] = {}
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[tuple[int, str], ...] = ()
    claim_number: str | None = None
