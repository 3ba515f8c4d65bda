"""What a payer has said of a claim as an ExplanationOfBenefit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from quarterhour.domain.claim import Claim
from quarterhour.domain.coverage import Adjustment, LinePaid
from quarterhour.domain.money import Cents
from quarterhour.domain.settlement import Settled
from quarterhour.interchange.fhir.systems import ADJUDICATION, ADJUSTMENT_GROUP, ADJUSTMENT_REASON, ours
from quarterhour.interchange.fhir.writing.claims import claimed, line
from quarterhour.interchange.fhir.writing.extensions import money
from quarterhour.interchange.fhir.writing.pen import Element, Pen, concept, filled

_SUBMITTED: Final = "submitted"
#: The amount the payer allows.
_ALLOWED: Final = "eligible"
_PAID: Final = "benefit"
#: Claim status codes of remittances in words; the code itself stands in an extension.
_STATUSES: Final[Mapping[str, str]] = {
    "1": "processed as first payer", "2": "processed as second payer", "3": "processed as third payer", "4": "denied",
    "19": "processed as first payer, sent on to another", "20": "processed as second payer, sent on to another",
    "21": "processed as third payer, sent on to another", "22": "an earlier payment taken back",
    "23": "not this payer's claim, sent on to another", "25": "told before the service, nothing is paid",
}  # fmt: skip
_BEFORE_SERVICE: Final = "25"
_CLAIM_STATUS: Final = ours("claim-status")


def explanation(pen: Pen, settled: Settled) -> Element:
    """Write an ExplanationOfBenefit and what it refers to; gives a reference to it."""
    one = settled.claim
    by_line = {each.line: each for each in settled.lines}
    members = claimed(pen, one, settled.created)
    numbers = {code: place for place, code in enumerate(dict.fromkeys(code for _, code in settled.remarks), 1)}
    insurance = [{name: value for name, value in each.items() if name != "sequence"} for each in members["insurance"]]
    items = [
        filled(
            line(each, one, number)
            | {
                "noteNumber": [numbers[code] for of, code in settled.remarks if of == number],
                "adjudication": _of_line(each.charge, by_line.get(number), settled, number),
            }
        )
        for number, each in enumerate(one.lines, 1)
    ]
    members |= {
        "insurer": _insurer(one),
        "outcome": "complete" if by_line or settled.paid is not None else "queued",
        "insurance": insurance,
        "item": items,
        "adjudication": _adjusted(settled.adjustments),
        "total": _totals(settled),
        "payment": _payment(settled),
        "processNote": [{"number": number, "type": "display", "text": code} for code, number in numbers.items()],
    }
    if settled.status:
        members["extension"] = [*members["extension"], {"url": _CLAIM_STATUS, "valueString": settled.status}]
        members["disposition"] = _STATUSES.get(settled.status)
        members["use"] = "predetermination" if settled.status == _BEFORE_SERVICE else members["use"]
    if settled.claim_number:
        members["identifier"] = [*members["identifier"], {"value": settled.claim_number}]
    return pen.add("ExplanationOfBenefit", members, once=False)


def _insurer(one: Claim) -> Element:
    return {"display": one.coverage.payer_name if one.coverage else one.payer or "payer not named"}


def _of_line(charge: Cents | None, said: LinePaid | None, settled: Settled, number: int) -> list[Element]:
    amounts = [
        (_SUBMITTED, charge),
        (_ALLOWED, settled.allowed.get(number)),
        (_PAID, said.paid if said else None),
    ]
    told = [_amount(category, amount) for category, amount in amounts if amount is not None]
    return [*told, *_adjusted(said.adjustments if said else ())]


def _amount(category: str, amount: Cents) -> Element:
    return {"category": concept(ADJUDICATION, category), "amount": money(amount)}


def _adjusted(adjustments: Sequence[Adjustment]) -> list[Element]:
    return [
        filled(
            {
                "category": concept(ADJUSTMENT_GROUP, one.group),
                "reason": concept(ADJUSTMENT_REASON, one.reason),
                "amount": money(one.amount),
                "value": one.quantity,
            }
        )
        for one in adjustments
    ]


def _totals(settled: Settled) -> list[Element]:
    """Sums over the lines of what was submitted, allowed and paid; of what no line tells none."""
    charges = [each.charge for each in settled.claim.lines if each.charge is not None]
    paid = settled.paid if settled.paid is not None else _sum(each.paid for each in settled.lines)
    sums = ((_SUBMITTED, _sum(charges)), (_ALLOWED, _sum(settled.allowed.values())), (_PAID, paid))
    return [_amount(category, amount) for category, amount in sums if amount is not None]


def _sum(amounts: Iterable[Cents]) -> Cents | None:
    listed = list(amounts)
    return Cents(sum(listed)) if listed else None


def _payment(settled: Settled) -> Element | None:
    days = [each.paid_on for each in settled.lines]
    if settled.paid is None and not days:
        return None
    amount = settled.paid if settled.paid is not None else _sum(each.paid for each in settled.lines)
    day = settled.paid_on or max(days, default=None)
    return filled({"date": day.isoformat() if day else None, "amount": money(amount) if amount is not None else None})
