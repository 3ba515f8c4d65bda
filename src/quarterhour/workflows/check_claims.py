"""Claims judged: every claim of some files and its visits, in parts of bounded size, each patient's together."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.visit import Visit
from quarterhour.engine.run import Outcome, Unchecked, judge_claims, judge_visits
from quarterhour.interchange.x12.records import TakenClaim
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.claim_file import ClaimFile, claims_in
from quarterhour.workflows.claim_places import ClaimPlace, place_of
from quarterhour.workflows.claim_visits import NO_RECORD, NO_TERMS, judged_on_claims, named_payer, visits_of_claim
from quarterhour.workflows.report import claim_finding_row

#: So many bytes of files are judged at a time; their records take some twenty times as much.
PART: Final = 16 << 20


class Judged(msgspec.Struct):
    """What came of the claims: findings by input, what was not checked, and what was counted by input."""

    findings: list[tuple[int, dict[str, Any]]]
    not_checked: list[Unchecked]
    visits: Counter[int]
    left_out: dict[int, Counter[str]]


class _Part(msgspec.Struct):
    """The visits and claims of one part of the patients, each with its place."""

    visits: list[tuple[ClaimPlace, Visit]]
    claims: list[tuple[ClaimPlace, Claim]]


def judge_files(
    files: Sequence[tuple[int, ClaimFile]],
    entries: Sequence[Entry],
    policy: Policy,
    payer: str | None,
    today: dt.date,
    on: dt.date | None = None,
) -> Judged:
    """Judge the claims of files, which are given with the number of their input.

    The files are read once for every part of patients, so that all a patient's claims are judged together and memory
    is set by ``PART`` and what is found, not by the files. Findings come in the order of the files.
    """
    can, cannot = judged_on_claims(entries)
    result = Judged([], [], Counter(), {number: Counter() for number, _ in files})
    parts = max(1, -(-sum(map(_size, (file for _, file in files))) // PART))
    for part in range(parts):
        held = _Part([], [])
        for number, file in files:
            for one in _taken(file, on, (part, parts)):
                _hold(one, number, policy, payer, held, result)
        _add(
            result,
            [place for place, _ in held.visits],
            judge_visits([visit for _, visit in held.visits], policy, "", today, can),
        )
        _add(
            result,
            [place for place, _ in held.claims],
            judge_claims([claim for _, claim in held.claims], policy, "", today, can),
        )
    result.findings.sort(key=lambda one: (one[0], one[1]["where"]["segment"]))
    if visits := result.visits.total():
        result.not_checked += [Unchecked(entry.code, NO_RECORD, visits) for entry in cannot]
    return result


def _add(result: Judged, places: Sequence[ClaimPlace], outcome: Outcome) -> None:
    """Take in what was found. Rows are made at once: they hold less than the places of all claims would."""
    result.not_checked += outcome.not_checked
    result.findings += [
        (place.input, claim_finding_row(place, finding))
        for place, found in zip(places, outcome.findings, strict=True)
        for finding in found
    ]


def _taken(file: ClaimFile, on: dt.date | None, part: tuple[int, int]) -> Iterator[TakenClaim]:
    """The claims of a file whose members belong to a part: the same part in every file and run."""
    number, parts = part

    def wanted(member: str) -> bool:
        return zlib.crc32(member.encode()) % parts == number

    for taken in claims_in(file.source, wanted if parts > 1 else None):
        for one in taken:
            yield one if on is None else dataclasses.replace(one, claim=_on(one.claim, on))


def _hold(one: TakenClaim, number: int, policy: Policy, payer: str | None, held: _Part, result: Judged) -> None:
    """Put a claim and its visits in a part; count what of it cannot be judged."""
    left_out = result.left_out[number]
    left_out.update(why for _, why in one.left_out)
    claim = named_payer(one.claim, policy, payer)
    if claim is None:
        left_out[NO_TERMS] += len(one.claim.lines)
        return
    held.claims.append((place_of(one, number), claim))
    found = visits_of_claim(claim, policy)
    left_out.update(dict(found.left_out))
    for visit in found.visits:
        result.visits[number] += 1
        held.visits.append((place_of(one, number, result.visits[number], visit.lines), visit.visit))


def _on(claim: Claim, day: dt.date) -> Claim:
    lines = tuple(msgspec.structs.replace(line, date_of_service=day, date_to=None) for line in claim.lines)
    return msgspec.structs.replace(claim, lines=lines)


def _size(file: ClaimFile) -> int:
    return len(file.source) if isinstance(file.source, bytes) else os.stat(file.source).st_size  # noqa: PTH116
