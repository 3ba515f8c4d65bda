"""What an earlier answer came to later: lines that were paid in the end, and payments that were taken back for good."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Sequence

import msgspec

from quarterhour.domain.answer import AnsweredClaim, AnsweredLine
from quarterhour.workflows.denials.items import SETTLING, Item
from quarterhour.workflows.denials.marks import Marks
from quarterhour.workflows.denials.read import Kept, again, decision
from quarterhour.workflows.denials.standing import JudgedLine

#: Who answered, control number, code as it was sent, and day of a line.
_Line = tuple[str, str, str, dt.date | None]


class _Later(msgspec.Struct, frozen=True, gc=False):
    """The lines of one code and day in a claim that was answered later, each with whether it settles a denial.

    ``takes_back`` says that the claim takes an earlier answer back, and what it settles are denials.
    """

    on: dt.date
    lines: tuple[tuple[AnsweredLine, bool], ...]
    takes_back: bool


class _Among(msgspec.Struct, frozen=True, gc=False):
    """A line of the worklist among those of its claim.

    ``alike`` lines are the same in all that an answer tells of what was sent; ``turn`` of them stand on the worklist
    before it, and ``not_work`` of them are no work. It is ``alone`` where no other has its code and day.
    """

    turn: int
    alike: int
    not_work: int
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

    lines: dict[_Line, list[_Later]]
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


def settled(seen: Seen, kept: Kept) -> list[tuple[Item, dt.date]]:
    """The items that a later answer settled, each with its day; the others are still open.

    A denied line is settled once the same payer paid it, left it to the patient, or took the denial back and answered
    anew, and of several alike as many as that became of; a claim denied as a whole once that became of any of its
    lines; and a rejected claim once the payer accepted or decided it, whatever the decision.
    """
    among = _among(kept.items)
    found = []
    for item in kept.items:
        days = _of_rejection(item, kept) if item.rejection else _of_answer(item, among.get(id(item)), seen, kept)
        after = [day for day in days if item.answered_on and day > item.answered_on]
        if after:
            found.append((item, max(after)))
    return found


def _of_rejection(item: Item, kept: Kept) -> list[dt.date]:
    """The last day the claim was accepted or decided on."""
    latest = max(marks.latest(item.claim_id) for marks in (kept.decided, kept.accepted))
    return [dt.date.fromordinal(latest)] if item.claim_id and latest else []


def _of_answer(item: Item, among: _Among | None, seen: Seen, kept: Kept) -> list[dt.date]:
    """The days of the answers that settle a line, or a claim as a whole."""
    claim, line = item.claim, item.line
    if claim is None:
        return []
    if line is None or among is None:
        those = seen.claims.get((kept.judge.who(claim), claim.patient_control_number), ())
        return [one.on for one in those if _same_claim(claim, one)]
    answers = seen.lines.get(_key(kept, claim, line), ())
    return [one.on for one in answers if among.turn < _settled_by(one, line, among)]


def _settled_by(later: _Later, line: AnsweredLine, among: _Among) -> int:
    """How many of the denied lines like this one an answer settles.

    One that answers the whole claim anew tells of the lines that were no work as well; these are none of them.
    """
    alone = among.alone and len(later.lines) == 1
    same = [settles for one, settles in later.lines if _same_line(line, one, alone=alone)]
    anew = len(same) >= among.alike and not later.takes_back
    return sum(same) - (among.not_work if anew else 0)


def _among(items: Sequence[Item]) -> dict[int, _Among]:
    """The lines of the worklist among those of their claims, by identity of the item."""
    by_claim: dict[int, tuple[AnsweredClaim, list[tuple[Item, AnsweredLine]]]] = {}
    for item in items:
        if item.claim and item.line:
            by_claim.setdefault(id(item.claim), (item.claim, []))[1].append((item, item.line))
    found = {}
    for claim, own in by_claim.values():
        alike, work = Counter(map(_sent, claim.lines)), Counter(_sent(line) for _, line in own)
        of_day = Counter(map(_code_and_day, claim.lines))
        turns: Counter[Hashable] = Counter()
        for item, line in own:
            sent = _sent(line)
            alone = of_day[_code_and_day(line)] == 1
            found[id(item)] = _Among(turns[sent], alike[sent], alike[sent] - work[sent], alone)
            turns[sent] += 1
    return found


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
    lines: dict[_Line, list[tuple[AnsweredLine, bool]]] = {}
    for one in kept.judge.judged(claim):
        if one.line.number:
            settles = one.line.paid == 0 if claim.is_reversal else _settles(one)
            lines.setdefault(_key(kept, claim, one.line), []).append((one.line, settles))
    settling = {key: own for key, own in lines.items() if any(settles for _, settles in own)}
    for key, own in settling.items():
        seen.lines.setdefault(key, []).append(_Later(day, tuple(own), claim.is_reversal))
    if settling or (claim.is_reversal and claim.paid == 0):
        whole = _LaterClaim(day, abs(claim.charge), _days(claim))
        seen.claims.setdefault((who, number), []).append(whole)


def _settles(one: JudgedLine) -> bool:
    """Whether money came, or the patient owes it; a line brought to nothing by other codes settles no denial."""
    return one.standing in SETTLING and (one.line.paid > 0 or one.amounts.get("patient-share", 0) > 0)


def _same_claim(claim: AnsweredClaim, later: _LaterClaim) -> bool:
    """Whether it is that claim and not another with its number: by days of service, where not both tell by charge."""
    days = _days(claim)
    return bool(days & later.days) if days and later.days else claim.charge == later.charge


def _same_line(line: AnsweredLine, later: AnsweredLine, *, alone: bool) -> bool:
    """Whether it is that line and not another of its code and day: by control number, else by what was sent.

    A line corrected in modifiers or charge is known where it is ``alone``: neither claim has another of its code and
    day.
    """
    if line.control_number and later.control_number:
        return line.control_number == later.control_number
    modifiers, charge = line.asked_modifiers == later.asked_modifiers, line.charge == abs(later.charge)
    return (modifiers and charge) or (alone and (modifiers or charge))


def _sent(line: AnsweredLine) -> Hashable:
    """All that an answer tells of what was sent."""
    return (*_code_and_day(line), line.asked_modifiers, line.control_number, line.charge)


def _code_and_day(line: AnsweredLine) -> tuple[str, dt.date | None]:
    return line.asked_code, line.date_of_service


def _days(claim: AnsweredClaim) -> frozenset[dt.date]:
    return frozenset(line.date_of_service for line in claim.lines if line.date_of_service)


def _key(kept: Kept, claim: AnsweredClaim, line: AnsweredLine) -> _Line:
    return (kept.judge.who(claim), claim.patient_control_number, *_code_and_day(line))
