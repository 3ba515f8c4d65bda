"""The rows of the worklist: each line that was not paid, its cause, next step, deadline and the claim it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.answer import AnsweredClaim, AnsweredLine
from quarterhour.domain.money import Cents
from quarterhour.workflows.asked import iso
from quarterhour.workflows.denials.causes import Cause, Causes
from quarterhour.workflows.denials.given import Sent, SentLine
from quarterhour.workflows.denials.items import Item
from quarterhour.workflows.denials.matching import (
    BY_CONTROL_NUMBER,
    NO_LINE,
    NO_LINES,
    NO_NUMBER,
    MatchedLine,
    Namesakes,
    changes,
    matched_lines,
    same_lines,
    units_told,
)
from quarterhour.workflows.denials.steps import Steps
from quarterhour.workflows.denials.wish import Order

_BY_CLAIM: Final = "patient control number"
NOTHING_GIVEN: Final = "no claims or visits were given to match with"
#: Kinds of rules that stand on one line of two: what they say counts for both.
_OF_TWO: Final = frozenset({"ptp"})


class Matched(msgspec.Struct, frozen=True, gc=False):
    """The claim an item answers, all that is asked about it, its line, and why something is missing."""

    sent: Sent | None
    beside: tuple[Sent, ...]
    line: MatchedLine | None
    why: str


class Matching:
    """Tells what items answer. What holds for all lines of a claim is worked out once."""

    def __init__(self, by_id: Mapping[str, Sequence[Sent]], *, some: bool) -> None:
        """``some`` is whether anything was given to match with."""
        self._by_id, self._some = by_id, some
        self._namesakes: dict[str, Namesakes] = {}
        #: By identity of the answered claim, which is held with it so that the identity stays its own.
        self._claims: dict[int, tuple[AnsweredClaim, Sent | None, tuple[Sent, ...], str]] = {}
        self._lines: dict[int, dict[int, MatchedLine]] = {}

    def of(self, item: Item) -> Matched:
        """What an item answers."""
        if not self._some:
            return Matched(None, (), None, NOTHING_GIVEN)
        if not item.claim_id:
            return Matched(None, (), None, NO_NUMBER)
        if item.claim is None:
            return self._rejected(item)
        sent, beside, why = self._claim(item.claim, item.claim_id)
        if sent is None:
            return Matched(None, (), None, why)
        if item.line is None:
            return Matched(sent, beside, None, NO_LINES)
        key = id(item.claim)
        if key not in self._lines:
            self._lines[key] = matched_lines(item.claim, sent)
        line = self._lines[key].get(item.line.number)
        return Matched(sent, beside, line, "" if line else NO_LINE)

    def _claim(self, claim: AnsweredClaim, name: str) -> tuple[Sent | None, tuple[Sent, ...], str]:
        """The claim that was answered, all to be asked beside it, and why there is none."""
        known = self._claims.get(id(claim))
        if known is None:
            given = self._named(name)
            sent, why = given.answered_by(claim)
            beside = () if sent is None else given.beside(sent)
            known = self._claims[id(claim)] = claim, sent, beside, why
        return known[1:]

    def _rejected(self, item: Item) -> Matched:
        """The claim of a rejection, which is told by its number alone."""
        given = self._named(item.claim_id)
        sent, why = given.the_only()
        if sent is None:
            return Matched(None, (), None, why)
        control = item.rejection.control_number if item.rejection else ""
        lines = [line for line in sent.lines if control and line.control_number == control]
        line = MatchedLine(lines[0], BY_CONTROL_NUMBER) if len(lines) == 1 else None
        return Matched(sent, given.beside(sent), line, "" if line else NO_LINES)

    def _named(self, name: str) -> Namesakes:
        if name not in self._namesakes:
            self._namesakes[name] = Namesakes(self._by_id.get(name, ()))
        return self._namesakes[name]


class Worklist:
    """Makes rows of items."""

    def __init__(self, steps: Steps, causes: Causes, today: dt.date, near: int, payer: str | None) -> None:
        """``near`` is from how many days before its end a time is called near, ``payer`` whose terms hold where neither
        answer nor claim tells.
        """
        self._steps, self._causes, self._today, self._near, self._payer = steps, causes, today, near, payer
        self._services: dict[tuple[int, int], tuple[Sent, Sent, dict[int, int]]] = {}

    def row(self, item: Item, match: Matched) -> dict[str, Any]:
        """An item as the contract has it."""
        if item.payer is None:
            item = msgspec.structs.replace(item, payer=match.sent.payer if match.sent else self._payer)
        if item.date_of_service is None and match.line is not None:
            item = msgspec.structs.replace(item, date_of_service=match.line.sent.date_of_service)
        line, ways = item.line, self._steps.ways(item)
        next_step, fact, who = self._steps.next(item)
        by = self._steps.deadline(ways)
        carried = {*(line.modifiers if line else ()), *(line.sent_modifiers if line else ())}
        carried |= set(match.line.sent.modifiers) if match.line else set()
        patient, patient_why = self._steps.patient(item, carried)
        rules = self._steps.rules(item)
        findings = self._findings(item, match, rules)
        reason = self._steps.reason_of(item)
        return {
            **_answered(item),
            **_line(line, match),
            "reasons": _reasons(item),
            "remarks": _remarks(item),
            "transmission": dict(item.rejection.numbers) if item.rejection and item.rejection.whole else None,
            "places": list(item.rejection.places) if item.rejection else [],
            "cause": reason.cause or None if reason else None,
            "cause_evidence": reason.cause_evidence if reason and reason.cause else None,
            "next": next_step,
            "fact": fact or None,
            "who": who,
            "patient": {"may_be_billed": patient, "reason": patient_why},
            "deadline": iso(by),
            "days_left": None if by is None else (by - self._today).days,
            "near": by is not None and 0 <= (by - self._today).days <= self._near,
            "ways": [one.row(self._today) for one in ways],
            "prevented_by": list(rules),
            "not_asked": self._not_asked(match, rules),
            "matched": _matched(match),
            "not_matched": match.why or None,
            "changes": changes(line, match.line.sent if match.line else None) if line else [],
            "findings": findings,
            "why": self._why(match, rules, findings),
            "sources": self._steps.sources(item),
            "where": {"path": item.path, "segment": item.segment},
        }

    def _findings(self, item: Item, match: Matched, rules: Sequence[str]) -> list[dict[str, Any]]:
        """What our rules say of the line (or its claim as a whole) that is a cause for this code."""
        if match.sent is None:
            return []
        day = item.answered_on or self._today
        found = []
        for one in match.beside:
            number = self._number(match.sent, match.line, one)
            found += [
                cause.row
                for cause in self._causes.of(one, day)
                if cause.row["rule"] in rules and (match.line is None or _is_about(cause, match.line.sent, number))
            ]
        return found

    def _number(self, claim: Sent, line: MatchedLine | None, one: Sent) -> int | None:
        """The number a line goes by in the claim itself, or in a visit beside it; None where it is not known there."""
        if line is None or one is claim:
            return line.sent.number if line else None
        key = id(claim), id(one)
        if key not in self._services:
            # Both are held with it, so that their identities stay their own.
            self._services[key] = claim, one, same_lines(claim, one)
        return self._services[key][2].get(line.sent.number)

    def _not_asked(self, match: Matched, rules: Sequence[str]) -> list[str]:
        """The rules that could not be asked: all without the claim, those over records without the record."""
        if match.sent is None:
            return list(rules)
        return [] if any(one.origin == "visit" for one in match.beside) else self._causes.need_records(rules)

    def _why(self, match: Matched, rules: Sequence[str], findings: Sequence[Mapping[str, Any]]) -> str:
        if findings:
            return f"our rules say why: {', '.join(dict.fromkeys(row['rule'] for row in findings))}"
        if not rules:
            return "none of our rules speaks to it"
        if match.sent is None:
            return f"could have been caught by {', '.join(rules)}"
        need = self._not_asked(match, rules)
        told = "our rules for this code find nothing in the claim as it was given"
        return f"{told}; {', '.join(need)} need the note or record" if need else told


def _is_about(cause: Cause, line: SentLine, number: int | None) -> bool:
    """Whether a finding is about a line, by its ``number`` where it was found, or about its day or claim as a whole."""
    if cause.served not in {None, line.date_of_service}:
        return False
    row = cause.row
    return row["line"] in {None, number} or (row["kind"] in _OF_TWO and bool(line.code) and line.code in row["message"])


def in_order(rows: list[dict[str, Any]], order: Order) -> list[dict[str, Any]]:
    """Largest amount first and then the nearest deadline, or the other way round; amounts not told come first."""

    def key(row: Mapping[str, Any]) -> tuple[Any, ...]:
        amount = (row["amount"] is not None, -Cents.parse(row["amount"]) if row["amount"] else 0)
        days = (row["days_left"] is None, row["days_left"] is not None and row["days_left"] < 0, row["deadline"] or "")
        first, second = (amount, days) if order == "amount" else (days, amount)
        where = row["where"]
        return (
            first,
            second,
            row["claim_id"] or "",
            row["date_of_service"] or "",
            row["line"] or 0,
            where["path"],
            where["segment"],
        )

    return [{"number": number, **row} for number, row in enumerate(sorted(rows, key=key), start=1)]


def _answered(item: Item) -> dict[str, Any]:
    """Which claim it is, whose, and when."""
    claim = item.claim
    return {
        "standing": item.standing,
        "amount": None if item.amount is None else str(item.amount),
        "claim_id": item.claim_id or None,
        "payer_claim_number": claim.payer_control_number or None if claim else None,
        "payer": item.payer,
        "payer_name": claim.payer_name or None if claim else None,
        "answered_on": iso(item.answered_on),
        "date_of_service": iso(item.date_of_service),
    }


def _line(line: AnsweredLine | None, match: Matched) -> dict[str, Any]:
    """What was answered of a line; of a rejection, or a claim as a whole, what is known of it otherwise."""
    sent = match.line.sent if match.line else None
    if line is None:
        return {
            "line": sent.number if sent else None, "code": sent.code if sent else None,
            "modifiers": list(sent.modifiers) if sent else [], "units": sent.units if sent else None,
            "charge": str(sent.charge) if sent and sent.charge is not None else None, "paid": None,
        }  # fmt: skip
    return {
        "line": line.number, "code": line.code or line.revenue_code or None, "modifiers": list(line.modifiers),
        "units": units_told(line.units), "charge": str(line.charge), "paid": str(line.paid),
    }  # fmt: skip


def _reasons(item: Item) -> list[dict[str, Any]]:
    """Every code of the line with its amount and our words for it; null where our table does not have it."""
    if item.answer:
        return [
            {
                "group": one.adjustment.group, "code": one.adjustment.reason, "amount": str(one.adjustment.amount),
                "standing": one.standing, "meaning": one.reason.meaning if one.reason else None,
            }
            for one in item.answer.judged.reasons
        ]  # fmt: skip
    if item.rejection is None:
        return []
    meanings = {one.code: one.meaning for one in item.rejection.known}
    return [
        {
            "group": None, "code": ":".join(code), "amount": None, "standing": item.standing,
            "meaning": "; ".join(meanings[part] for part in code[:2] if part in meanings) or None,
        }
        for code in item.rejection.codes
    ]  # fmt: skip


def _remarks(item: Item) -> list[dict[str, Any]]:
    remarks = item.answer.remarks if item.answer else ()
    return [{"code": code, "meaning": remark.meaning if remark else None} for code, remark in remarks]


def _matched(match: Matched) -> dict[str, Any] | None:
    """What was answered, and what it was known by."""
    if match.sent is None:
        return None
    told: dict[str, Any] = {"origin": match.sent.origin, "path": match.sent.path, "claim_by": _BY_CLAIM}
    if match.line is None:
        return told | {"line": None, "line_by": None}
    return told | {"line": match.line.sent.number, "line_by": match.line.by} | match.line.sent.where
