"""What became of every amount that was asked for, by the codes of the remittance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

import msgspec

from quarterhour.domain.answer import WORK, AnsweredClaim, AnsweredLine, Standing
from quarterhour.domain.coverage import Adjustment
from quarterhour.domain.money import Cents
from quarterhour.policy import NotKnown, Policy, UnknownName
from quarterhour.policy.denials import Reason

_UNPROCESSABLE: Final = "unprocessable"
#: Of standings with the same amount the first is the line's.
_RANK: Final[tuple[Standing, ...]] = ("denied", "unprocessable", "unknown", "unexplained")


class JudgedReason(msgspec.Struct, frozen=True, gc=False):
    """An adjustment, what became of its amount, and what our table has on its code; None where it has nothing."""

    adjustment: Adjustment
    standing: Standing
    reason: Reason | None


class JudgedLine(msgspec.Struct, frozen=True, gc=False):
    """A line, or a claim as a whole, and what became of it.

    ``amounts`` are by standing and add up, with what was paid, to the charge. ``standing`` is that of the largest
    amount that is work; else ``reduced``, ``patient-share`` or ``paid``. ``work`` is what somebody has to go after.
    """

    line: AnsweredLine
    standing: Standing
    amounts: dict[Standing, Cents]
    reasons: tuple[JudgedReason, ...]
    work: Cents


class Judge:
    """Tells what became of lines; asks the policy once for each different code, group, remarks and payer."""

    def __init__(self, policy: Policy, payer: str | None) -> None:
        """``payer`` is whose terms hold where a remittance does not tell."""
        self._policy, self._payer = policy, payer
        self._payers: dict[tuple[str, dt.date | None], str | None] = {}
        self._reasons: dict[tuple[str, str, tuple[str, ...], str | None, dt.date | None], Reason | None] = {}

    def payer_of(self, claim: AnsweredClaim) -> str | None:
        """Whose terms hold for a claim: by its claim filing indicator, else the one named; None for neither."""
        key = claim.filing, claim.remitted_on
        if key not in self._payers:
            self._payers[key] = self._by_filing(*key) or self._payer
        return self._payers[key]

    def who(self, claim: AnsweredClaim) -> str:
        """A name for whoever answered, so that the answers of two payers to one claim are kept apart."""
        return self.payer_of(claim) or claim.payer_id or claim.payer_name

    def judged(self, claim: AnsweredClaim) -> list[JudgedLine]:
        """The lines of a claim, and last the claim as a whole where something is said of it alone."""
        payer = self.payer_of(claim)
        # What is missing on a line and too much elsewhere in its claim is a slip of the file and nothing to go after.
        missing = sum(line.rest for line in claim.lines) > 0
        return [self._line(claim, line, payer, missing=missing) for line in claim.lines]

    def _by_filing(self, filing: str, day: dt.date | None) -> str | None:
        if not filing:
            return None
        try:
            parameter = self._policy.parameter(f"claims/filing:{filing}")
            return str((parameter.on(day) if day else parameter.values[-1]).value)
        except (NotKnown, UnknownName):
            return None

    def _line(self, claim: AnsweredClaim, line: AnsweredLine, payer: str | None, *, missing: bool) -> JudgedLine:
        remarks = (*line.remarks, *claim.remarks)
        reasons = tuple(self._judged(claim, each, remarks, payer) for each in line.adjustments)
        amounts: dict[Standing, Cents] = {}
        for one in reasons:
            amounts[one.standing] = Cents(amounts.get(one.standing, 0) + one.adjustment.amount)
        if line.rest:
            amounts["unexplained"] = Cents(amounts.get("unexplained", 0) + line.rest)
        work = {one: amounts[one] for one in _RANK if amounts.get(one, 0) > 0 and (missing or one != "unexplained")}
        return JudgedLine(line, _standing(claim, line, amounts, work), amounts, reasons, Cents(sum(work.values())))

    def _judged(
        self, claim: AnsweredClaim, adjustment: Adjustment, remarks: tuple[str, ...], payer: str | None
    ) -> JudgedReason:
        key = adjustment.group, adjustment.reason, remarks, payer, claim.remitted_on
        if key not in self._reasons:
            self._reasons[key] = self._policy.denials.reason(*key)
        reason = self._reasons[key]
        if claim.is_reversal:
            return JudgedReason(adjustment, "reversed", reason)
        standing: Standing = reason.standing if reason else "unknown"
        if standing in WORK and self._says(_UNPROCESSABLE, remarks):
            standing = "unprocessable"
        return JudgedReason(adjustment, standing, reason)

    def _says(self, word: str, remarks: Iterable[str]) -> bool:
        known = self._policy.denials.remarks
        return any(word in known[code].says for code in remarks if code in known)


def _standing(
    claim: AnsweredClaim, line: AnsweredLine, amounts: dict[Standing, Cents], work: dict[Standing, Cents]
) -> Standing:
    if claim.is_reversal:
        return "reversed"
    if work:
        return max(work, key=lambda standing: work[standing])
    if amounts.get("reduced"):
        return "reduced"
    return "patient-share" if amounts.get("patient-share") and not line.paid else "paid"
