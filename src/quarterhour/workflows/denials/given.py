"""The claims and visits that were given beside the answers: which were answered, and what has to be held of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Visit
from quarterhour.policy import Policy
from quarterhour.workflows.check_claims import GivenInput
from quarterhour.workflows.claim_places import Subject
from quarterhour.workflows.claim_visits import named_payer
from quarterhour.workflows.denials.marks import Marks
from quarterhour.workflows.given_claims import GivenClaim, patient_key
from quarterhour.workflows.inputs import Input

Origin = Literal["claim", "visit"]


class SentLine(msgspec.Struct, frozen=True, gc=False):
    """A line as it was sent; ``number`` is the one people know it by, from 1. ``where`` is its place in the file."""

    number: int
    code: str
    modifiers: tuple[str, ...]
    units: int
    charge: Cents | None
    date_of_service: dt.date | None
    control_number: str
    where: dict[str, Any]


class Sent(msgspec.Struct, frozen=True, gc=False):
    """A claim, or a visit that was made one: ``input`` and ``order`` are its place among all that were given.

    ``payer`` is whose terms hold for it, None where it does not tell.
    """

    origin: Origin
    input: int
    order: int
    path: str | None
    claim_id: str
    lines: tuple[SentLine, ...]
    payer: str | None = None

    @property
    def charge(self) -> Cents:
        """The sum of the lines' charges."""
        return Cents(sum(line.charge or 0 for line in self.lines))


class Given:
    """All claims and visits of some inputs; claims are read from their files whenever they are gone through."""

    def __init__(self, inputs: Sequence[Input], policy: Policy, payer: str | None) -> None:
        """Of these inputs; what holds neither claims nor visits is left aside. ``payer`` is that of all, if named."""
        self.inputs, self._policy, self._payer = inputs, policy, payer
        self.claims = [
            GivenInput(number, one.path, claims) for number, one in enumerate(inputs) if (claims := one.given)
        ]
        self.visits = [number for number, one in enumerate(inputs) if one.reading.visits]

    @property
    def some(self) -> bool:
        """Whether anything was given to match with."""
        return bool(self.claims or self.visits)

    def every(self) -> Iterator[tuple[Sent, GivenClaim | None]]:
        """Every claim, and every visit that bills something and has an id."""
        for one in self.claims:
            for given in one.claims.given():
                yield self._claim(one, given), given
        for number in self.visits:
            path = self.inputs[number].path
            for nth, read in enumerate(self.inputs[number].reading.visits, start=1):
                if read.visit.visit_id and (lines := _services(read.visit)):
                    payer = read.visit.payer or self._payer
                    yield Sent("visit", number, nth, path, read.visit.visit_id, lines, payer), None

    def _claim(self, one: GivenInput, given: GivenClaim) -> Sent:
        claim = given.claim
        named = named_payer(claim, self._policy, self._payer)
        lines = tuple(_line(given, claim, place) for place in range(len(claim.lines)))
        payer = named.payer if named else None
        return Sent("claim", one.number, given.order, one.path, claim.patient_control_number, lines, payer)

    def of_patients(self, patients: set[str]) -> list[tuple[int, GivenClaim]]:
        """The claims of some patients, each with the number of its input."""
        if not patients:
            return []
        return [
            (one.number, given)
            for one in self.claims
            for given in one.claims.given()
            if patient_key(given.claim) in patients
        ]


class Found(msgspec.Struct):
    """What was given of the claims on the worklist, by control number, and what was never answered."""

    by_id: dict[str, list[Sent]]
    patients: dict[tuple[int, int], str]
    not_answered: list[Sent]
    given: Marks


def found_in(given: Given, wanted: set[str], answered: Iterable[Marks]) -> Found:
    """Go through all that was given once. ``answered`` are marks of what came back."""
    result = Found({}, {}, [], Marks())
    marks = list(answered)
    for sent, of_claim in given.every():
        result.given.add(sent.claim_id)
        if sent.claim_id in wanted:
            result.by_id.setdefault(sent.claim_id, []).append(sent)
            if of_claim is not None:
                result.patients[sent.input, sent.order] = patient_key(of_claim.claim)
        elif not any(sent.claim_id in one for one in marks):
            result.not_answered.append(sent)
    return result


def _line(given: GivenClaim, claim: Claim, place: int) -> SentLine:
    line = claim.lines[place]
    where = given.at.where(Subject("claim", "", place, ""))
    return SentLine(
        given.at.number(place), line.code, line.modifiers, line.units, line.charge, line.date_of_service,
        line.control_number or "", where,
    )  # fmt: skip


def _services(visit: Visit) -> tuple[SentLine, ...]:
    """The services of a visit that are billed."""
    return tuple(
        SentLine(number, service.code, service.modifiers or (), service.units, service.charge, visit.date_of_service,
                 "", {"visit": visit.visit_id})
        for number, service in enumerate(visit.services, start=1)
        if service.units
    )  # fmt: skip
