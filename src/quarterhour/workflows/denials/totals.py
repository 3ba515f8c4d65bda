"""Sums of what was answered: by what became of it, by code, and by the rule that would have caught the cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from quarterhour.domain.answer import STANDINGS, WORK, AnsweredClaim, Standing
from quarterhour.domain.money import Cents
from quarterhour.workflows.denials.standing import JudgedLine, JudgedReason

#: Group, reason, remarks (of work alone) and what became of it.
_Code = tuple[str, str, tuple[str, ...], Standing]
_NOTHING: Final = Cents(0)


class Totals:
    """Adds up claim by claim. Whatever the remittances say, charge is paid and the amounts of all standings."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.claims = self.lines = self.to_nothing = 0
        self.charge = self.paid = _NOTHING
        self._amounts: Counter[Standing] = Counter()
        self._lines: Counter[Standing] = Counter()
        self._codes: dict[_Code, list[int]] = {}

    def add(self, claim: AnsweredClaim, judged: Sequence[JudgedLine]) -> None:
        """Take in a claim."""
        self.claims += 1
        self.charge = Cents(self.charge + claim.charge)
        self.paid = Cents(self.paid + claim.paid)
        for one in judged:
            self.lines += bool(one.line.number)
            self._lines[one.standing] += 1
            left = one.line.paid or one.amounts.get("patient-share")
            self.to_nothing += one.standing == "reduced" and one.line.charge > 0 and not left
            self._amounts.update(one.amounts)
            for reason in one.reasons:
                self._count(reason, one, claim)

    def _count(self, reason: JudgedReason, one: JudgedLine, claim: AnsweredClaim) -> None:
        work = reason.standing in WORK
        remarks = tuple(sorted({*one.line.remarks, *claim.remarks})) if work else ()
        key = reason.adjustment.group, reason.adjustment.reason, remarks, reason.standing
        held = self._codes.setdefault(key, [0, 0])
        held[0] += 1
        held[1] += reason.adjustment.amount

    def rows(self) -> dict[str, Any]:
        """The sums as the contract has them; ``balance`` adds up to the cent."""
        amounts = {one: Cents(self._amounts[one]) for one in STANDINGS}
        not_paid = {one: str(amounts[one]) for one in STANDINGS if amounts[one]}
        amounts["paid"] = self.paid
        return {
            "claims": self.claims,
            "lines": self.lines,
            "charge": str(self.charge),
            "paid": str(self.paid),
            "reduced_to_nothing": self.to_nothing,
            "by_standing": [
                {"standing": one, "lines": self._lines[one], "amount": str(amounts[one])}
                for one in STANDINGS
                if self._lines[one] or amounts[one] or one == "paid"
            ],
            "by_code": [self._code(key, *held) for key, held in sorted(self._codes.items(), key=_most)],
            "balance": {
                "charge": str(self.charge), "paid": str(self.paid), "not_paid": not_paid,
                "difference": str(Cents(self.charge - self.paid - sum(self._amounts.values()))),
            },
        }  # fmt: skip

    def _code(self, key: _Code, count: int, amount: int) -> dict[str, Any]:
        group, reason, remarks, standing = key
        return {
            "group": group, "reason": reason, "remarks": list(remarks), "standing": standing, "lines": count,
            "amount": str(Cents(amount)),
        }  # fmt: skip


def _most(row: tuple[_Code, list[int]]) -> tuple[bool, int, _Code]:
    """Work first, then by amount."""
    key, (_, amount) = row
    return key[3] not in WORK, -amount, key
