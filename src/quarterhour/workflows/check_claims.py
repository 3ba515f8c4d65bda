"""Claims judged: every claim of some inputs and its visits, in parts of bounded size, each patient's together."""

from __future__ import annotations

import datetime as dt
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.finding import Finding
from quarterhour.engine.run import Unchecked, judge_claims, judge_visits
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.claim_visits import NO_RECORD, ClaimVisit, judged_on_claims
from quarterhour.workflows.given_claims import Claims, GivenClaim, Wanted, billed, on_day, subject_of
from quarterhour.workflows.kept import Keyed, Kept
from quarterhour.workflows.report import plain_finding

#: So many bytes of files are judged at a time; their records take some twenty times as much.
PART: Final = 8 << 20
_SEVERITIES: Final = {"error": 0, "warning": 1, "info": 2}


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


class _Held(msgspec.Struct, frozen=True):
    """A claim of a part with its payer named, and its visits."""

    input: GivenInput
    given: GivenClaim
    claim: Claim
    visits: tuple[ClaimVisit, ...]


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

    The inputs are read once for every part of patients, so that all a patient's claims are judged together and memory
    is set by ``PART``, not by the files. Findings stand in the order of the claims, those of a claim and its visits
    errors first, then by line, rule and message.
    """
    can, cannot = judged_on_claims(entries)
    result = Judged([], Counter(), {one.number: Counter() for one in inputs})
    parts = max(1, -(-sum(one.claims.size for one in inputs) // PART))
    for part in range(parts):
        wanted = _of_part(part, parts) if parts > 1 else None
        held = list(_taken(inputs, wanted, policy, payer, on, result))
        kept.take(list(_judged(held, can, policy, today, result)))
    if visits := result.visits.total():
        result.not_checked += [Unchecked(entry.code, NO_RECORD, visits) for entry in cannot]
    return result


def _of_part(part: int, parts: int) -> Wanted:
    """Whether a member belongs to a part: the same part in every file and run."""
    return lambda member: zlib.crc32(member.encode()) % parts == part


def _taken(
    inputs: Sequence[GivenInput], wanted: Wanted | None, policy: Policy, payer: str | None, on: dt.date | None,
    result: Judged,
) -> Iterator[_Held]:  # fmt: skip
    """The claims that are judged, in order; what of them cannot be is counted."""
    for one in inputs:
        left_out = result.left_out[one.number]
        for given in one.claims.given(wanted):
            moved = given if on is None else msgspec.structs.replace(given, claim=on_day(given.claim, on))
            found = billed(moved, policy, payer)
            left_out.update(given.left_out)
            left_out.update(dict(found.left_out))
            result.visits[one.number] += len(found.visits)
            if found.claim is not None:
                yield _Held(one, given, found.claim, found.visits)


def _judged(
    held: Sequence[_Held], entries: Sequence[Entry], policy: Policy, today: dt.date, result: Judged
) -> Iterator[Keyed]:
    """The findings about claims and their visits, each with what it stands in the order of."""
    of_visits = [(one, nth, visit) for one in held for nth, visit in enumerate(one.visits, start=1)]
    outcome = judge_visits([visit.visit for _, _, visit in of_visits], policy, "", today, entries)
    result.not_checked += outcome.not_checked
    for (one, nth, visit), findings in zip(of_visits, outcome.findings, strict=True):
        for finding in findings:
            row = _row(one, finding, nth, visit.lines)
            yield _key(one, row), row
    outcome = judge_claims([one.claim for one in held], policy, "", today, entries)
    result.not_checked += outcome.not_checked
    for one, findings in zip(held, outcome.findings, strict=True):
        for finding in findings:
            row = _row(one, finding)
            yield _key(one, row), row


def _row(one: _Held, finding: Finding, visit: int = 0, lines: tuple[int, ...] | None = None) -> dict[str, Any]:
    """A finding with the patient control number of its claim, and the place in the file.

    ``visit`` counts the visits of the claim from 1 and is 0 for the claim as a whole; ``lines`` are the claim's lines
    that are the visit's services.
    """
    row, subject, at = plain_finding(finding), subject_of(finding, lines), one.given.at
    row["claim_id"] = one.claim.patient_control_number
    row["line"] = None if subject.line is None else at.number(subject.line)
    row["where"] = {"path": one.input.path, "visit": visit, "pointer": ""} | at.where(subject)
    return row


def _key(one: _Held, row: dict[str, Any]) -> tuple[Any, ...]:
    rank = _SEVERITIES[row["severity"]]
    return one.input.number, one.given.order, rank, row["line"] or 0, row["rule"], row["message"]
