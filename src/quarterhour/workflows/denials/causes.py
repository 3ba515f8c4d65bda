"""What our rules say of the claims and visits that were answered: the same findings as a check's, line by line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry, catalogue
from quarterhour.workflows.check import Wish as CheckWish
from quarterhour.workflows.check import checked_inputs
from quarterhour.workflows.check_claims import judged, row_of
from quarterhour.workflows.claim_visits import judged_on_claims
from quarterhour.workflows.denials.given import Found, Given, Sent, payer_of
from quarterhour.workflows.denials.wish import Wish
from quarterhour.workflows.given_claims import GivenClaim, billed, patient_key
from quarterhour.workflows.held_claims import HeldClaim

#: About so many claims are judged together; a patient's are never parted.
_TOGETHER: Final = 2_000


class Cause(msgspec.Struct, frozen=True, gc=False):
    """A finding as a report has it, and the day of service it is about; None where it is about a claim as such."""

    row: dict[str, Any]
    served: dt.date | None


#: Of a visit: input and place in it. Of a claim: the same, and the day it is judged as of.
Findings = dict[tuple[int, int, dt.date | None], list[Cause]]


class Causes:
    """Findings by claim (and the day it was answered) and by visit."""

    def __init__(self, findings: Findings) -> None:
        """These findings."""
        self._findings = findings
        _, self._of_records = (frozenset(one.code for one in part) for part in judged_on_claims(catalogue()))

    def of(self, sent: Sent, day: dt.date) -> Sequence[Cause]:
        """What was found in a claim as of a day, or in a visit."""
        return self._findings.get((sent.input, sent.order, day if sent.origin == "claim" else None), ())

    def need_records(self, rules: Iterable[str]) -> list[str]:
        """Those of some rules that ask for what a note or record has and a claim has not."""
        return [rule for rule in rules if rule in self._of_records]


def causes_of(
    given: Given, found: Found, days: Mapping[tuple[int, int], set[dt.date]], policy: Policy, wish: Wish, today: dt.date
) -> Causes:
    """Judge the claims of ``days`` (by input and order) as of each day they were answered on, and the visits as of
    today. All claims of a patient are judged together, so that what one says of another is found too.
    """
    findings: Findings = {}
    entries, _ = judged_on_claims(catalogue())
    by_patient: dict[str, list[tuple[int, GivenClaim]]] = {}
    for number, one in given.of_patients(found, {found.patients[key] for key in days if key in found.patients}):
        by_patient.setdefault(patient_key(one.claim), []).append((number, one))
    by_day: dict[dt.date, set[tuple[int, int]]] = {}
    for key, answered in days.items():
        for day in answered if key in found.patients else ():
            by_day.setdefault(day, set()).add(key)
    for day, wanted in sorted(by_day.items()):
        patients = sorted({found.patients[key] for key in wanted})
        for part in _parts([by_patient[name] for name in patients]):
            _judge(part, wanted, day, given, entries, policy, wish, findings)
    _judge_visits(given, found, wish, today, findings)
    return Causes(findings)


def _parts(patients: Sequence[list[tuple[int, GivenClaim]]]) -> Iterable[list[tuple[int, GivenClaim]]]:
    part: list[tuple[int, GivenClaim]] = []
    for claims in patients:
        part += claims
        if len(part) >= _TOGETHER:
            yield part
            part = []
    if part:
        yield part


def _judge(
    part: Sequence[tuple[int, GivenClaim]],
    wanted: set[tuple[int, int]],
    day: dt.date,
    given: Given,
    entries: Sequence[Entry],
    policy: Policy,
    wish: Wish,
    findings: Findings,
) -> None:
    held = []
    for number, one in sorted(part, key=lambda each: (each[0], each[1].order)):
        # Also a claim whose visits were given is judged by itself: an answer knows it by its own number, not by theirs.
        alone = msgspec.structs.replace(one, alone=True)
        bill = billed(alone, policy, payer_of(one.claim, policy) or wish.payer)
        if bill.claim is not None:
            held.append(HeldClaim(number, one, bill.claim, bill.visits))
    said, _ = judged(held, entries, policy, day)
    for finding in sorted(said, key=lambda one: one.key):
        key = finding.of.input, finding.of.given.order
        if key in wanted:
            served = finding.of.visits[finding.visit - 1].visit.date_of_service if finding.visit else None
            row = row_of(finding, given.inputs[key[0]].path)
            findings.setdefault((*key, day), []).append(Cause(row, served))


def _judge_visits(given: Given, found: Found, wish: Wish, today: dt.date, findings: Findings) -> None:
    """The visits whose ids were answered, with all that were given beside them."""
    wanted = {
        (one.input, one.order): one.lines[0].date_of_service
        for sent in found.by_id.values()
        for one in sent
        if one.origin == "visit"
    }
    answered = {number for number, _ in wanted}
    numbers = [number for number in given.visits if number in answered]
    if not numbers:
        return
    check = CheckWish(payer=wish.payer, today=today, mapping=wish.mapping, policy_folders=wish.policy_folders)
    report = checked_inputs([given.inputs[number] for number in numbers], check).report
    places = {given.inputs[number].path: number for number in numbers}
    for row in report["findings"]:
        key = places[row["where"]["path"]], row["where"]["visit"]
        if row["claim_id"] is None and key in wanted:
            findings.setdefault((*key, None), []).append(Cause(row, wanted[key]))
