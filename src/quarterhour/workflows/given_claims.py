"""Claims as an input gives them, whatever its format, each with its place; and what of each is judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.finding import Finding
from quarterhour.policy import Policy
from quarterhour.workflows.claim_places import Place, Subject
from quarterhour.workflows.claim_visits import (
    NO_SUCH_PAYER,
    NO_TERMS,
    ClaimVisit,
    ClaimVisits,
    named_payer,
    visits_of_claim,
)


class GivenClaim(msgspec.Struct, frozen=True, gc=False):
    """A claim, and where it stands: claims of an input stand by ``order``.

    A claim is ``alone`` unless visits of the input are its lines with all that their records hold. ``left_out`` are
    reasons why lines are not in ``claim.lines``.
    """

    order: int
    claim: Claim
    at: Place
    alone: bool = True
    left_out: tuple[str, ...] = ()


class Claims(msgspec.Struct, frozen=True):
    """The claims of one input, and how many bytes they take where they are not held but read when asked for."""

    size: int
    given: Callable[[], Iterator[GivenClaim]]


class Billed(msgspec.Struct, frozen=True, gc=False):
    """What of a claim is judged: itself with its payer, its visits; and why lines are not, with their number."""

    claim: Claim | None
    visits: tuple[ClaimVisit, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()


def billed(given: GivenClaim, policy: Policy, payer: str | None) -> Billed:
    """What of a claim is judged; ``payer`` is the one whose terms hold for all, if there is one."""
    named = named_payer(given.claim, policy, payer)
    if named is None or named.payer not in policy.payers:
        return Billed(None, left_out=((NO_TERMS if named is None else NO_SUCH_PAYER, len(given.claim.lines)),))
    found = visits_of_claim(named, policy) if given.alone else ClaimVisits(())
    return Billed(named, found.visits, found.left_out)


def patient_key(claim: Claim) -> str:
    """What the claims of a patient have in common, as rules know patients: their id, else that of the insured.

    A claim of nobody that can be told from others goes by its control number; no rule joins it to another.
    """
    patient, coverage = claim.patient, claim.coverage
    own = (patient.id or "") if patient else ""
    member = (coverage.member_id if coverage else "") or ((patient.member_id or "") if patient else "")
    return own or member or claim.patient_control_number


def on_day(claim: Claim, day: dt.date) -> Claim:
    """The claim with another date of service."""
    lines = tuple(msgspec.structs.replace(line, date_of_service=day, date_to=None) for line in claim.lines)
    return msgspec.structs.replace(claim, lines=lines)


def subject_of(finding: Finding, lines: tuple[int, ...] | None = None) -> Subject:
    """What a finding is about; ``lines`` are, for a finding about a visit, the claim's lines its services are."""
    line = None if finding.line is None else finding.line - 1
    if line is not None and lines is not None:
        line = lines[line]
    return Subject(finding.kind, finding.name, line, str(finding.where.get("pointer", "")))
