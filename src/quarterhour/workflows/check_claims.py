"""Claims judged: every claim of some inputs and its visits, in parts of bounded size, each patient's together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.finding import Finding
from quarterhour.engine.run import Unchecked, judge_claims, judge_visits
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.claim_shelf import Shelf, part_of
from quarterhour.workflows.claim_visits import NO_RECORD, judged_on_claims
from quarterhour.workflows.given_claims import Claims, GivenClaim, billed, on_day, subject_of
from quarterhour.workflows.held_claims import HeldClaim, Said
from quarterhour.workflows.kept import Kept
from quarterhour.workflows.report import plain_finding
from quarterhour.workflows.said_once import said_once
from quarterhour.workflows.superseded import superseded

#: So many bytes of files are judged at a time; their records and what is found take some thirty times as much.
PART: Final = 2 << 20


class GivenInput(msgspec.Struct, frozen=True):
    """The claims of an input, with the number and the path of it."""

    number: int
    path: str | None
    claims: Claims


class Judged(msgspec.Struct):
    """What came of the claims beside findings: what was not checked, and what was counted by number of the input."""

    not_checked: list[Unchecked]
    visits: Counter[int]
    left_out: dict[int, Counter[str]]


def judge_inputs(
    inputs: Sequence[GivenInput],
    entries: Sequence[Entry],
    policy: Policy,
    payer: str | None,
    today: dt.date,
    kept: Kept,
    on: dt.date | None = None,
) -> Judged:
    """Judge the claims of inputs; ``kept`` takes the findings.

    Larger inputs are dealt into parts of patients first, so that all a patient's claims are judged together and memory
    is set by ``PART``, not by the files. Findings stand in the order of the claims, those of a claim and its visits
    errors first, then by line, rule and message.
    """
    can, cannot = judged_on_claims(entries)
    paths = {one.number: one.path for one in inputs}
    result = Judged([], Counter(), {one.number: Counter() for one in inputs})
    for part in _parts(inputs):
        held = list(_held(part, policy, payer, on, result))
        said, unchecked = judged(held, can, policy, today)
        result.not_checked += unchecked
        said.sort(key=lambda one: one.key)
        kept.take((one.key, row_of(one, paths[one.of.input])) for one in said)
    if visits := result.visits.total():
        result.not_checked += [Unchecked(entry.code, NO_RECORD, visits) for entry in cannot]
    return result


def _parts(inputs: Sequence[GivenInput]) -> Iterator[Iterator[tuple[int, GivenClaim]]]:
    """The claims part by part, each with the number of its input, in the order of the inputs."""
    parts = max(1, -(-sum(one.claims.size for one in inputs) // PART))
    if parts == 1:
        yield ((one.number, given) for one in inputs for given in one.claims.given())
        return
    with Shelf(parts) as shelf:
        for one in inputs:
            if one.claims.size:
                shelf.add(one.number, one.claims.given())
        for part in range(parts):
            yield ((one.number, given) for one in inputs for given in _of_part(one, shelf, part, parts))


def _of_part(one: GivenInput, shelf: Shelf, part: int, parts: int) -> Iterator[GivenClaim]:
    if one.claims.size:
        return shelf.part(part, one.number)
    return (given for given in one.claims.given() if part_of(given, parts) == part)


def _held(
    part: Iterator[tuple[int, GivenClaim]], policy: Policy, payer: str | None, on: dt.date | None, result: Judged
) -> Iterator[HeldClaim]:
    """The claims that are judged, in order; what of them cannot be is counted."""
    for number, given in part:
        left_out = result.left_out[number]
        moved = given if on is None else msgspec.structs.replace(given, claim=on_day(given.claim, on))
        found = billed(moved, policy, payer)
        left_out.update(given.left_out)
        left_out.update(dict(found.left_out))
        result.visits[number] += len(found.visits)
        if found.claim is not None:
            yield HeldClaim(number, given, found.claim, found.visits)


def judged(
    held: Sequence[HeldClaim], entries: Sequence[Entry], policy: Policy, today: dt.date
) -> tuple[list[Said], list[Unchecked]]:
    """What the rules say of claims and of their visits, and what was not checked.

    A claim that another of them replaces or voids is judged beside the others and not together with them; so is, among
    those, one that was replaced by another that was replaced in its turn.
    """
    before = superseded([one.claim for one in held])
    said, unchecked = _together([one for place, one in enumerate(held) if place not in before], entries, policy, today)
    if before:
        others = judged([held[place] for place in sorted(before)], entries, policy, today)
        said, unchecked = said + others[0], unchecked + others[1]
    return said, unchecked


def _together(
    held: Sequence[HeldClaim], entries: Sequence[Entry], policy: Policy, today: dt.date
) -> tuple[list[Said], list[Unchecked]]:
    of_visits = [(one, nth, visit) for one in held for nth, visit in enumerate(one.visits, start=1)]
    visits = judge_visits([visit.visit for _, _, visit in of_visits], policy, "", today, entries)
    claims = judge_claims([one.claim for one in held], policy, "", today, entries)
    said = [
        _said(one, finding, nth, visit.lines)
        for (one, nth, visit), findings in zip(of_visits, visits.findings, strict=True)
        for finding in findings
    ]
    said += [_said(one, finding) for one, findings in zip(held, claims.findings, strict=True) for finding in findings]
    return said_once(said), [*visits.not_checked, *claims.not_checked]


def _said(one: HeldClaim, finding: Finding, visit: int = 0, lines: tuple[int, ...] | None = None) -> Said:
    subject = subject_of(finding, lines)
    return Said(one, finding, visit, subject, None if subject.line is None else one.given.at.number(subject.line))


def row_of(said: Said, path: str | None) -> dict[str, Any]:
    """A finding with the patient control number of its claim, and the place in the file."""
    row = plain_finding(said.finding)
    row["claim_id"], row["line"] = said.of.claim.patient_control_number, said.line
    row["where"] = {"path": path, "visit": said.visit, "pointer": ""} | said.of.given.at.where(said.subject)
    return row
