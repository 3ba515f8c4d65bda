"""What the worklist is made of: a line or claim that somebody has to go after, as it came out of a file."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from quarterhour.domain.answer import WORK, AnsweredClaim, AnsweredLine, Standing
from quarterhour.domain.money import Cents
from quarterhour.policy.denials import Remark, Status
from quarterhour.workflows.denials.standing import JudgedLine, JudgedReason


class Answer(msgspec.Struct, frozen=True, gc=False):
    """A line that a remittance did not pay: the claim as it was answered, the line, and what became of it.

    ``remarks`` are those of the line and of its claim; of one our table does not have only the code is known.
    """

    claim: AnsweredClaim
    judged: JudgedLine
    remarks: tuple[tuple[str, Remark | None], ...]

    @property
    def main(self) -> JudgedReason | None:
        """The reason of the largest amount that is work, of the line's own standing; None where no code tells why."""
        own = [one for one in self.judged.reasons if one.standing == self.judged.standing]
        return max(own, key=lambda one: one.adjustment.amount) if own else None


class Rejection(msgspec.Struct, frozen=True, gc=False):
    """What never was adjudicated: a claim or line of a 277CA, or a whole transmission (``whole``).

    ``codes`` are category, status and entity of each status, or the verdict of a 999 or TA1 and its error codes;
    ``control_number`` is that of the line. ``numbers`` are the control numbers of a transmission by what they number,
    and ``places`` the segments (and elements) of it that a 999 names.
    """

    whole: bool
    codes: tuple[tuple[str, ...], ...]
    known: tuple[Status, ...]
    control_number: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    places: tuple[dict[str, int | str], ...] = ()


class Item(msgspec.Struct, frozen=True, gc=False):
    """A row of the worklist before it is matched. ``amount`` is None where an answer tells none.

    It is an ``answer`` that pays less, a ``rejection``, or a payment that was ``taken`` back. ``payer`` is whose terms
    hold, None where the answer does not tell, as a rejection never does. ``place`` puts what was taken back in order
    with the decisions of its file.
    """

    path: str
    segment: int
    standing: Standing
    amount: Cents | None
    claim_id: str
    payer: str | None
    answered_on: dt.date | None
    date_of_service: dt.date | None
    answer: Answer | None = None
    rejection: Rejection | None = None
    taken: AnsweredClaim | None = None
    place: int = 0

    @property
    def claim(self) -> AnsweredClaim | None:
        """The claim as it was answered; None for a rejection."""
        return self.answer.claim if self.answer else self.taken

    @property
    def line(self) -> AnsweredLine | None:
        """The line it is about; None for a claim as a whole, and for a rejection."""
        return self.answer.judged.line if self.answer and self.answer.judged.line.number else None


#: Standings of lines that an earlier denial of the same line is settled by, if anybody pays.
SETTLING: Final[frozenset[Standing]] = frozenset({"paid", "reduced", "patient-share"})


def item_of(path: str, claim: AnsweredClaim, judged: JudgedLine, known: dict[str, Remark], payer: str | None) -> Item:
    """A line of a remittance that is work."""
    line = judged.line
    remarks = tuple((code, known.get(code)) for code in dict.fromkeys((*line.remarks, *claim.remarks)))
    served = line.date_of_service or next((one.date_of_service for one in claim.lines if one.date_of_service), None)
    return Item(
        path,
        line.segment,
        judged.standing,
        judged.work,
        claim.patient_control_number,
        payer,
        claim.remitted_on,
        served,
        Answer(claim, judged, remarks),
    )


def taken_back(path: str, claim: AnsweredClaim, payer: str | None, place: int) -> Item:
    """A claim whose payment was taken back."""
    served = next((one.date_of_service for one in claim.lines if one.date_of_service), None)
    return Item(
        path, claim.segment, "reversed", Cents(-claim.paid), claim.patient_control_number, payer, claim.remitted_on,
        served, taken=claim, place=place,
    )  # fmt: skip


def is_work(judged: JudgedLine) -> bool:
    """Whether somebody has to go after it."""
    return judged.standing in WORK and judged.work > 0
