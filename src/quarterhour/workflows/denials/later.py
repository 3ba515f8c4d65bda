"""What an earlier answer came to later: lines that were paid in the end, and payments that were taken back for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from quarterhour.domain.answer import AnsweredClaim, AnsweredLine
from quarterhour.workflows.denials.items import SETTLING, Item
from quarterhour.workflows.denials.marks import Marks
from quarterhour.workflows.denials.read import Kept, again, decision
from quarterhour.workflows.denials.standing import JudgedLine

#: Who answered, control number, code as it was sent, and day of a line.
_Line = tuple[str, str, str, dt.date | None]


class _Later(msgspec.Struct, frozen=True, gc=False):
    """A line of an answer that came later; ``alone`` where its claim has no other of its code and day."""

    on: dt.date
    line: AnsweredLine
    alone: bool


class _LaterClaim(msgspec.Struct, frozen=True, gc=False):
    """A claim of an answer that came later; its charge without sign, and its days of service."""

    on: dt.date
    charge: int
    days: frozenset[dt.date]


class Seen(msgspec.Struct):
    """What a second look at the remittances gave: later answers that settle a line, or any line of a claim, by who
    answered and control number, and answers to claims that were not given.
    """

    settled: dict[_Line, list[_Later]]
    claims: dict[tuple[str, str], list[_LaterClaim]]
    not_given: list[tuple[str, AnsweredClaim]]


def seen_again(kept: Kept, sources: Sequence[tuple[str, str | bytes]], given: Marks | None) -> Seen:
    """Look again, if something on the worklist was answered later once more, or an answer is to a claim not given.

    ``given`` are marks of the claims that were given, None where none were.
    """
    repeated = {
        item.claim_id
        for item in kept.items
        if item.answer and item.answered_on and kept.decided.latest(item.claim_id) > item.answered_on.toordinal()
    }
    seen = Seen({}, {}, [])
    strange = given is not None and not kept.answered.all_in(given)
    for path, claim in again(sources) if repeated or strange else ():
        if strange and given is not None and claim.patient_control_number not in given:
            seen.not_given.append((path, claim))
        if claim.patient_control_number in repeated and claim.remitted_on:
            _take(seen, kept, claim, claim.remitted_on)
    return seen


def settled_on(item: Item, seen: Seen, kept: Kept) -> dt.date | None:
    """The day an item was settled on by a later answer; None where it is still open.

    A denied line is settled once the same payer paid it, left it to the patient, or took the denial back and answered
    anew; a claim denied as a whole once that became of any of its lines; and a rejected claim once the payer accepted
    or decided it, whatever the decision.
    """
    if item.answered_on is None:
        return None
    if item.rejection:
        latest = max(marks.latest(item.claim_id) for marks in (kept.decided, kept.accepted))
        day = dt.date.fromordinal(latest) if item.claim_id and latest else None
        return day if day is not None and day > item.answered_on else None
    if item.answer is None:
        return None
    claim, line = item.answer.claim, item.line
    if line is None:
        those = seen.claims.get((kept.judge.who(claim), claim.patient_control_number), ())
        days = [one.on for one in those if _same_claim(claim, one)]
    else:
        alone = _alone(line, claim.lines)
        days = [one.on for one in seen.settled.get(_key(kept, claim, line), ()) if _same_line(line, one, alone=alone)]
    return max((day for day in days if day > item.answered_on), default=None)


def left_open(item: Item, kept: Kept) -> bool:
    """Whether a payment was taken back and no answer of that payer takes its place.

    One of a later day does, and of the same day one that stands further down in the same file. Without a day nothing
    is known to.
    """
    if item.taken is None or item.answered_on is None:
        return True
    who, day = kept.judge.who(item.taken), item.answered_on.toordinal()
    if kept.standing.latest(decision(who, item.claim_id)) > day:
        return False
    return kept.in_file.latest(decision(who, item.claim_id, f"{day} {item.path}")) < item.place


def _take(seen: Seen, kept: Kept, claim: AnsweredClaim, day: dt.date) -> None:
    """Keep what a claim settles."""
    number, who = claim.patient_control_number, kept.judge.who(claim)
    if claim.is_reversal and kept.standing.latest(decision(who, number)) < day.toordinal():
        return  # nothing took the place of what was taken back: the denial is the last that was said
    any_line = False
    for one in kept.judge.judged(claim):
        if one.line.number and (one.line.paid == 0 if claim.is_reversal else _settles(one)):
            any_line = True
            later = _Later(day, one.line, _alone(one.line, claim.lines))
            seen.settled.setdefault(_key(kept, claim, one.line), []).append(later)
    if any_line or (claim.is_reversal and claim.paid == 0):
        whole = _LaterClaim(day, abs(claim.charge), _days(claim))
        seen.claims.setdefault((who, number), []).append(whole)


def _settles(one: JudgedLine) -> bool:
    """Whether money came, or the patient owes it; a line brought to nothing by other codes settles no denial."""
    return one.standing in SETTLING and (one.line.paid > 0 or one.amounts.get("patient-share", 0) > 0)


def _same_claim(claim: AnsweredClaim, later: _LaterClaim) -> bool:
    """Whether it is that claim and not another with its number: by days of service, where not both tell by charge."""
    days = _days(claim)
    return bool(days & later.days) if days and later.days else claim.charge == later.charge


def _same_line(line: AnsweredLine, later: _Later, *, alone: bool) -> bool:
    """Whether it is that line and not another of its code and day: by control number, else by what was sent.

    A line corrected in modifiers or charge is known where neither claim has another of its code and day.
    """
    if line.control_number and later.line.control_number:
        return line.control_number == later.line.control_number
    modifiers, charge = line.asked_modifiers == later.line.asked_modifiers, line.charge == abs(later.line.charge)
    return (modifiers and charge) or (alone and later.alone and (modifiers or charge))


def _alone(line: AnsweredLine, lines: Iterable[AnsweredLine]) -> bool:
    own = (line.asked_code, line.date_of_service)
    return sum((one.asked_code, one.date_of_service) == own for one in lines) == 1


def _days(claim: AnsweredClaim) -> frozenset[dt.date]:
    return frozenset(line.date_of_service for line in claim.lines if line.date_of_service)


def _key(kept: Kept, claim: AnsweredClaim, line: AnsweredLine) -> _Line:
    return kept.judge.who(claim), claim.patient_control_number, line.asked_code, line.date_of_service
