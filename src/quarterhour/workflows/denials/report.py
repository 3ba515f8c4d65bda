"""The answer as the contract has it: the worklist, what else came back, and sums that balance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.answer import AnsweredClaim
from quarterhour.domain.money import Cents
from quarterhour.interchange.errors import Defect
from quarterhour.policy import Policy
from quarterhour.workflows.asked import FORMAT, iso
from quarterhour.workflows.denials.given import Unanswered
from quarterhour.workflows.denials.items import Item
from quarterhour.workflows.denials.later import Seen
from quarterhour.workflows.denials.matching import units_told
from quarterhour.workflows.denials.read import Kept, Unbalanced
from quarterhour.workflows.denials.standing import JudgedLine
from quarterhour.workflows.inputs import Input
from quarterhour.workflows.report import defect_row, input_row
from quarterhour.workflows.tool import tool_row

_PEOPLE: Final = ("biller", "therapist", "front-desk")


class Read(msgspec.Struct):
    """What was read: inputs, X12 files that can be gone through again, what could not be read, what was left aside."""

    inputs: list[Input]
    sources: list[tuple[str, str | bytes]]
    errors: list[dict[str, Any]]
    skipped: list[str]

    def refuse(self, path: str, defect: Defect) -> None:
        """Say of an input what could not be read, and where."""
        self.errors.append({"path": path, **defect_row(defect)})


class Outcome(msgspec.Struct):
    """What came of it: the rows of the worklist, what was settled later, and what nothing was found for."""

    rows: list[dict[str, Any]]
    settled: list[tuple[Item, dt.date]]
    seen: Seen
    not_answered: list[Unanswered]
    some_given: bool


def answer_of(read: Read, kept: Kept, outcome: Outcome, policy: Policy, today: dt.date) -> dict[str, Any]:
    """The whole answer."""
    rows = outcome.rows
    answer: dict[str, Any] = {
        "format": FORMAT,
        "tool": tool_row(policy, today),
        "inputs": [input_row(one) for one in read.inputs],
        "skipped": read.skipped,
        "worklist": rows,
        "answered_later": [_settled(item, day) for item, day in outcome.settled],
        "unbalanced": [_unbalanced(one) for one in kept.unbalanced],
        "outside_claims": [
            {"path": path, "lines": one.lines, "charge": str(one.charge), "paid": str(one.paid)}
            for path, one in kept.orphans
        ],
        "provider_adjustments": kept.provider_adjustments,
        "not_matched": {
            "answers": [_not_given(path, claim) for path, claim in outcome.seen.not_given],
            "claims": [_not_answered(one) for one in outcome.not_answered] if _came_back(kept) else [],
        },
        "errors": read.errors,
    }
    if kept.every_line:
        answer["lines"] = [_line(path, claim, one) for path, claim, one in kept.lines]
    answer["summary"] = _summary(kept, rows, answer)
    return answer


def _came_back(kept: Kept) -> bool:
    """Whether anything answers claims at all."""
    return bool(kept.totals.claims or kept.counts["statuses"])


def _summary(kept: Kept, rows: Sequence[Mapping[str, Any]], answer: Mapping[str, Any]) -> dict[str, Any]:
    amounts = [Cents.parse(row["amount"]) for row in rows if row["amount"]]
    return {
        **kept.totals.rows(),
        "statuses": kept.counts["statuses"],
        "acknowledgements": kept.counts["acknowledgements"],
        "queued": len(rows),
        "queued_amount": str(Cents(sum(amounts))),
        "near": sum(row["near"] for row in rows),
        "passed": sum(row["days_left"] is not None and row["days_left"] < 0 for row in rows),
        "by_who": {who: _sum([row for row in rows if row["who"] == who]) for who in _PEOPLE},
        "by_rule": _by_rule(rows),
        "unbalanced": kept.counts["unbalanced"],
        "answered_later": len(answer["answered_later"]),
        "matched": sum(row["matched"] is not None for row in rows),
        "errors": len(answer["errors"]),
    }


def _by_rule(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """For each rule that speaks to something on the worklist: what it finds the cause of, and of what it could not be
    asked because the claim or record was not given. A line counts for each rule, so these sums do not add up.
    """
    might: dict[str, list[Mapping[str, Any]]] = {}
    finds: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        for rule in row["not_asked"]:
            might.setdefault(rule, []).append(row)
        for rule in dict.fromkeys(finding["rule"] for finding in row["findings"]):
            finds.setdefault(rule, []).append(row)
    told = [
        {"rule": rule, "finds": _sum(finds.get(rule, ())), "not_asked": _sum(might.get(rule, ()))}
        for rule in {**finds, **might}
    ]
    return sorted(told, key=_most)


def _most(row: Mapping[str, Any]) -> tuple[int, int, int, str]:
    return (
        -Cents.parse(row["finds"]["amount"]), -Cents.parse(row["not_asked"]["amount"]),
        -row["not_asked"]["lines"], row["rule"],
    )  # fmt: skip


def _sum(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    amount = sum(Cents.parse(row["amount"]) for row in rows if row["amount"])
    return {"lines": len(rows), "amount": str(Cents(amount))}


def _settled(item: Item, day: dt.date) -> dict[str, Any]:
    line = item.line
    return {
        "claim_id": item.claim_id, "line": line.number if line else None, "code": line.code if line else None,
        "date_of_service": iso(item.date_of_service), "amount": None if item.amount is None else str(item.amount),
        "standing": item.standing, "answered_on": iso(item.answered_on), "settled_on": iso(day),
        "where": {"path": item.path, "segment": item.segment},
    }  # fmt: skip


def _unbalanced(one: Unbalanced) -> dict[str, Any]:
    return {
        "claim_id": one.claim_id, "line": one.line or None, "charge": str(one.charge), "paid": str(one.paid),
        "adjusted": str(one.adjusted), "difference": str(one.difference),
        "where": {"path": one.path, "segment": one.segment},
    }  # fmt: skip


def _not_given(path: str, claim: AnsweredClaim) -> dict[str, Any]:
    return {
        "claim_id": claim.patient_control_number, "payer_claim_number": claim.payer_control_number or None,
        "charge": str(claim.charge), "paid": str(claim.paid), "answered_on": iso(claim.remitted_on),
        "where": {"path": path, "segment": claim.segment},
    }  # fmt: skip


def _not_answered(one: Unanswered) -> dict[str, Any]:
    return {
        "claim_id": one.claim_id, "origin": one.origin, "charge": str(one.charge), "lines": one.lines,
        "path": one.path,
    }  # fmt: skip


def _line(path: str, claim: AnsweredClaim, one: JudgedLine) -> dict[str, Any]:
    """A line with what became of it, whether or not it is work."""
    line = one.line
    return {
        "claim_id": claim.patient_control_number, "line": line.number or None, "code": line.code or None,
        "modifiers": list(line.modifiers), "units": units_told(line.units),
        "control_number": line.control_number or None,
        "date_of_service": iso(line.date_of_service), "charge": str(line.charge), "paid": str(line.paid),
        "standing": one.standing,
        "amounts": {standing: str(amount) for standing, amount in one.amounts.items()},
        "reasons": [
            {"group": each.adjustment.group, "code": each.adjustment.reason, "amount": str(each.adjustment.amount)}
            for each in one.reasons
        ],
        "remarks": list(line.remarks), "where": {"path": path, "segment": line.segment},
    }  # fmt: skip
