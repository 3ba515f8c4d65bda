"""What an earlier answer came to later: lines that were paid in the end, and payments that were taken back for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from quarterhour.domain.answer import AnsweredClaim
from quarterhour.workflows.denials.items import SETTLING, Item
from quarterhour.workflows.denials.marks import Marks
from quarterhour.workflows.denials.read import Kept, again

#: Control number, code as it was sent, and day of a line.
_Line = tuple[str, str, dt.date | None]


class Seen(msgspec.Struct):
    """What a second look at the remittances gave: the latest day a line was settled on, or any line of a claim, and
    answers to claims that were not given.
    """

    settled: dict[_Line, dt.date]
    claims: dict[str, dt.date]
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
        if claim.patient_control_number in repeated and claim.remitted_on and not claim.is_reversal:
            for one in kept.judge.judged(claim):
                if one.standing in SETTLING and one.line.number and (one.line.paid or one.amounts):
                    key = _key(claim, one.line.sent_code or one.line.code, one.line.date_of_service)
                    number = claim.patient_control_number
                    seen.settled[key] = max(claim.remitted_on, seen.settled.get(key, dt.date.min))
                    seen.claims[number] = max(claim.remitted_on, seen.claims.get(number, dt.date.min))
    return seen


def settled_on(item: Item, seen: Seen, kept: Kept) -> dt.date | None:
    """The day an item was settled on by a later answer; None where it is still open.

    A denied line is settled once it was paid or only reduced, a claim denied as a whole once any of its lines was, and
    a rejected claim once the payer accepted or decided it, whatever the decision.
    """
    if item.answered_on is None:
        return None
    if item.rejection:
        latest = max(marks.latest(item.claim_id) for marks in (kept.decided, kept.accepted))
        day = dt.date.fromordinal(latest) if item.claim_id and latest else None
    elif item.answer is None:
        return None
    elif item.line is None:
        day = seen.claims.get(item.claim_id)
    else:
        key = _key(item.answer.claim, item.line.sent_code or item.line.code, item.line.date_of_service)
        day = seen.settled.get(key)
    return day if day is not None and day > item.answered_on else None


def left_open(item: Item, kept: Kept) -> bool:
    """Whether a payment was taken back and no answer of that day or later takes its place."""
    day = item.answered_on.toordinal() if item.answered_on else 0
    return not (item.claim_id in kept.decided and kept.decided.latest(item.claim_id) >= day)


def _key(claim: AnsweredClaim, code: str, day: dt.date | None) -> _Line:
    return claim.patient_control_number, code, day
