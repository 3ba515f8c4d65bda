"""The claims and visits that were given beside the answers: which were answered, and what has to be held of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Literal

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Visit
from quarterhour.interchange.x12.records import ClaimHead
from quarterhour.policy import Policy
from quarterhour.workflows.claim_file import given_of, heads_in
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


class Unanswered(msgspec.Struct, frozen=True, gc=False):
    """A claim or visit that was given, as it is listed where nothing answers it."""

    origin: Origin
    path: str | None
    claim_id: str
    charge: Cents
    lines: int


class Found(msgspec.Struct):
    """What was given of the claims on the worklist, by control number, and what was never answered.

    ``patients`` are the patients of these claims, by input and order; ``members`` the identifiers of their insured.
    """

    by_id: dict[str, list[Sent]]
    patients: dict[tuple[int, int], str]
    members: set[str]
    not_answered: list[Unanswered]
    given: Marks


class Given:
    """All claims and visits of some inputs; claims are read from their files whenever they are gone through."""

    def __init__(self, inputs: Sequence[Input], policy: Policy, payer: str | None) -> None:
        """Of these inputs; what holds neither claims nor visits is left aside. ``payer`` is that of all, if named."""
        self.inputs, self._policy, self._payer = inputs, policy, payer
        self._claims = [number for number, one in enumerate(inputs) if one.claim_count and one.given]
        self.visits = [number for number, one in enumerate(inputs) if one.reading.visits]

    @property
    def some(self) -> bool:
        """Whether anything was given to match with."""
        return bool(self._claims or self.visits)

    def found(self, wanted: set[str], answered: Sequence[Marks]) -> Found:
        """Go through all that was given once. ``answered`` are marks of what came back."""
        result = Found({}, {}, set(), [], Marks())
        for number in self._claims:
            file, path = self.inputs[number].claims, self.inputs[number].path
            for heads, made in _parts(file.source) if file else self._whole(number):
                result.members |= {one.member for one in heads if one.patient_control_number in wanted}
                for given in made({one.segment for one in heads if one.patient_control_number in wanted}):
                    sent = self._sent(number, given)
                    result.by_id.setdefault(sent.claim_id, []).append(sent)
                    result.patients[number, given.order] = patient_key(given.claim)
                for one in heads:
                    told = Unanswered("claim", path, one.patient_control_number, one.charge, one.lines)
                    _count(told, wanted, answered, result)
        visits = [told for number in self.visits for told in self._of_visits(number, wanted, result)]
        # A visit whose claim was given too is counted with its claim.
        for told in [one for one in visits if one.claim_id not in result.given]:
            _count(told, wanted, answered, result)
        return result

    def of_patients(self, found: Found, patients: set[str]) -> Iterator[tuple[int, GivenClaim]]:
        """The claims of some patients among those found, each with the number of its input."""
        for number in self._claims if patients else ():
            file = self.inputs[number].claims
            for heads, made in _parts(file.source) if file else self._whole(number):
                for given in made({one.segment for one in heads if file is None or one.member in found.members}):
                    if patient_key(given.claim) in patients:
                        yield number, given

    def _whole(self, number: int) -> Iterator[_Part]:
        """The claims of an input that holds them as records; who is insured is not told apart in their heads."""
        claims = self.inputs[number].given
        held = {one.order: one for one in claims.given()} if claims else {}
        heads = [
            ClaimHead(order, one.claim.patient_control_number, one.claim.charge, len(one.claim.lines), "")
            for order, one in held.items()
        ]
        yield heads, lambda orders: [held[order] for order in sorted(orders)]

    def _sent(self, number: int, given: GivenClaim) -> Sent:
        claim = given.claim
        lines = tuple(_line(given, claim, place) for place in range(len(claim.lines)))
        payer, path = payer_of(claim, self._policy) or self._payer, self.inputs[number].path
        return Sent("claim", number, given.order, path, claim.patient_control_number, lines, payer)

    def _of_visits(self, number: int, wanted: set[str], result: Found) -> Iterator[Unanswered]:
        """The visits that bill something and have an id; those wanted are taken into the result."""
        path = self.inputs[number].path
        for read in self.inputs[number].reading.visits:
            name, lines = read.visit.visit_id, _services(read.visit)
            if name and lines:
                own = read.visit.payer if read.visit.payer in self._policy.payers else None
                sent = Sent("visit", number, read.number, path, name, lines, own or self._payer)
                if name in wanted:
                    result.by_id.setdefault(name, []).append(sent)
                yield Unanswered("visit", path, name, sent.charge, len(lines))


def payer_of(claim: Claim, policy: Policy) -> str | None:
    """Whose terms hold for a claim by what it says itself; None where it does not tell or we have no such terms."""
    named = named_payer(claim, policy)
    return named.payer if named and named.payer in policy.payers else None


_Part = tuple[list[ClaimHead], Callable[[Collection[int]], list[GivenClaim]]]


def _parts(source: str | bytes) -> Iterator[_Part]:
    """The claims of a file of X12, a part of it at a time."""
    for heads, records in heads_in(source):

        def made(segments: Collection[int], records: Any = records) -> list[GivenClaim]:
            return list(map(given_of, records(segments)))

        yield heads, made


def _count(one: Unanswered, wanted: set[str], answered: Sequence[Marks], result: Found) -> None:
    result.given.add(one.claim_id)
    if one.claim_id not in wanted and not any(one.claim_id in marks for marks in answered):
        result.not_answered.append(one)


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
