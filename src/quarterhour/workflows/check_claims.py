"""Claims judged: every claim of some files and its visits, in parts of bounded size, each patient's together."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.visit import Visit
from quarterhour.engine.run import Outcome, Unchecked, judge_claims, judge_visits
from quarterhour.interchange.x12.records import TakenClaim
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.claim_file import ClaimFile, claims_in
from quarterhour.workflows.claim_places import ClaimPlace, place_of
from quarterhour.workflows.claim_visits import (
    NO_RECORD,
    NO_TERMS,
    ClaimVisits,
    judged_on_claims,
    named_payer,
    visits_of_claim,
)
from quarterhour.workflows.report import claim_finding_row

if TYPE_CHECKING:
    from quarterhour.interchange.fhir.reader import FhirFile
    from quarterhour.workflows.fhir_input import FhirPlace

    AnyPlace = ClaimPlace | FhirPlace

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

    visits: list[tuple[AnyPlace, Visit]]
    claims: list[tuple[AnyPlace, Claim]]


def judge_files(
    files: Sequence[tuple[int, ClaimFile]],
    fhir: Sequence[tuple[int, FhirFile]],
    entries: Sequence[Entry],
    policy: Policy,
    payer: str | None,
    today: dt.date,
    on: dt.date | None = None,
) -> Judged:
    """Judge the claims of files of X12 and of FHIR, which are given with the number of their input.

    The files are read once for every part of patients, so that all a patient's claims are judged together and memory
    is set by ``PART`` and what is found, not by the files. Findings come in the order of the files.
    """
    can, cannot = judged_on_claims(entries)
    result = Judged([], [], Counter(), {number: Counter() for number, _ in (*files, *fhir)})
    parts = max(1, -(-sum(map(_size, (file for _, file in files))) // PART))
    for part in range(parts):
        held = _Part([], [])
        for number, file in files:
            for one in _taken(file, on, (part, parts)):
                result.left_out[number].update(why for _, why in one.left_out)
                _hold(one.claim, partial(place_of, one, number), number, policy, payer, held, result)
        for number, resources in fhir:
            for place, read in enumerate(resources.claims):
                if _is_of(read.value, (part, parts)):
                    claim = read.value if on is None else _on(read.value, on)
                    # Visits that are in the file with all their record holds are judged as these.
                    alone = place not in resources.joined
                    at = partial(_place_in, resources, number, place)
                    _hold(claim, at, number, policy, payer, held, result, with_visits=alone)
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
    result.findings.sort(key=lambda one: (one[0], one[1]["where"].get("segment") or one[1]["where"].get("line", 0)))
    if visits := result.visits.total():
        result.not_checked += [Unchecked(entry.code, NO_RECORD, visits) for entry in cannot]
    return result


def _add(result: Judged, places: Sequence[AnyPlace], outcome: Outcome) -> None:
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


def _hold(
    claim: Claim, place: Callable[..., AnyPlace], number: int, policy: Policy, payer: str | None, held: _Part,
    result: Judged, *, with_visits: bool = True,
) -> None:  # fmt: skip
    """Put a claim and its visits in a part; count what of it cannot be judged."""
    left_out = result.left_out[number]
    named = named_payer(claim, policy, payer)
    if named is None:
        left_out[NO_TERMS] += len(claim.lines)
        return
    held.claims.append((place(), named))
    found = visits_of_claim(named, policy) if with_visits else ClaimVisits(())
    left_out.update(dict(found.left_out))
    result.visits[number] += len(found.visits)
    held.visits += [(place(nth, visit.lines), visit.visit) for nth, visit in enumerate(found.visits, start=1)]


def _place_in(
    file: FhirFile, number: int, claim: int, visit: int = 0, lines: tuple[int, ...] | None = None
) -> FhirPlace:
    from quarterhour.workflows.fhir_input import place_in

    return place_in(file, number, claim, visit, lines)


def _is_of(claim: Claim, part: tuple[int, int]) -> bool:
    """Whether the member of a claim belongs to a part; a claim of nobody belongs to the first."""
    member = claim.coverage.member_id if claim.coverage else claim.patient.member_id if claim.patient else None
    return zlib.crc32((member or "").encode()) % part[1] == part[0] if member else part[0] == 0


def _on(claim: Claim, day: dt.date) -> Claim:
    lines = tuple(msgspec.structs.replace(line, date_of_service=day, date_to=None) for line in claim.lines)
    return msgspec.structs.replace(claim, lines=lines)


def _size(file: ClaimFile) -> int:
    return len(file.source) if isinstance(file.source, bytes) else os.stat(file.source).st_size  # noqa: PTH116
