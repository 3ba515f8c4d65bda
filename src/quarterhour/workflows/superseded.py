"""Claims that a later claim of the same batch replaces or voids: what both bill was given once, and is not added up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.domain.claim import Claim, Line
from quarterhour.workflows.given_claims import patient_key

_REPLACES: Final = "7"
_VOIDS: Final = "8"
_LATER: Final = (_REPLACES, _VOIDS)


def superseded(claims: Sequence[Claim]) -> frozenset[int]:
    """The places of claims that another replaces or voids.

    A replacement names the payer's number of the first claim, which the first claim itself never has. So the first is
    the claim of that patient, payer, type and billing provider that has the same control number, or bills most of the
    same lines; where there is none of these the first is not in the batch. Each replaces or voids one.
    """
    found: set[int] = set()
    later = [place for place, claim in enumerate(claims) if claim.frequency in _LATER]
    if not later:
        return frozenset()
    alike: dict[tuple[str, ...], list[int]] = {}
    for place, claim in enumerate(claims):
        alike.setdefault(_whose(claim), []).append(place)
    for place in later:
        likeness = {
            other: _likeness(claims[place], claims[other])
            for other in alike[_whose(claims[place])]
            if other not in found and _may_come_before(other, place, claims)
        }
        if not likeness:
            continue
        first = max(likeness, key=lambda other: likeness[other])
        same_number, _, alike_lines = likeness[first]
        if same_number or _is_most(alike_lines, claims[place], claims[first]):
            found.add(first)
    return frozenset(found)


def _is_most(alike: int, later: Claim, other: Claim) -> bool:
    """So many lines of the later claim with the code and day of a line of the other make it a claim for the same."""
    return 2 * alike > len(later.lines) and 2 * alike >= len(other.lines)


def _may_come_before(other: int, place: int, claims: Sequence[Claim]) -> bool:
    """Whether a claim may be the one a later one is about: a first claim, or an earlier replacement."""
    frequency = claims[other].frequency
    return frequency not in _LATER or (frequency == _REPLACES and other < place)


def _whose(claim: Claim) -> tuple[str, ...]:
    """What a claim and its replacement have in common; members of a family share an id, and not all the rest."""
    patient, coverage, billing = claim.patient, claim.coverage, claim.billing_provider
    given = patient.name.given if patient and patient.name else ""
    return (
        patient_key(claim), str(patient.birth_date if patient else ""), given, claim.payer,
        coverage.payer_id if coverage else "", claim.claim_type, (billing.npi if billing else "") or "",
    )  # fmt: skip


def _likeness(later: Claim, other: Claim) -> tuple[int, int, int]:
    """Whether they have one control number, how many lines are the same, how many of a code and day; more is liker."""
    same = {_line(line) for line in other.lines}
    days = {(line.code, line.date_of_service) for line in other.lines}
    return (
        int(other.patient_control_number in (later.patient_control_number, later.original_reference)),
        sum(_line(line) in same for line in later.lines),
        sum((line.code, line.date_of_service) in days for line in later.lines),
    )


def _line(line: Line) -> tuple[object, ...]:
    return line.code, line.date_of_service, line.units, frozenset(line.modifiers), line.charge
