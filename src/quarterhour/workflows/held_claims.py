"""Claims that are judged together, and what was found of each."""

from __future__ import annotations

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.finding import RANK, Finding
from quarterhour.workflows.claim_places import Subject
from quarterhour.workflows.claim_visits import ClaimVisit
from quarterhour.workflows.given_claims import GivenClaim


class HeldClaim(msgspec.Struct, frozen=True, gc=False):
    """A claim with its payer named, the place of its input among all, and its visits."""

    input: int
    given: GivenClaim
    claim: Claim
    visits: tuple[ClaimVisit, ...]


class Said(msgspec.Struct, frozen=True, gc=False):
    """What was found: about a claim as such, or about a visit of it, which counts from 1.

    ``subject`` is what it is about within the claim, ``line`` the number people know its line by.
    """

    of: HeldClaim
    finding: Finding
    visit: int
    subject: Subject
    line: int | None

    @property
    def key(self) -> tuple[int, int, int, int, str, str]:
        """What findings stand in the order of: of a claim and its visits errors first, then by line and rule."""
        one = self.finding
        return self.of.input, self.of.given.order, RANK[one.severity], self.line or 0, one.rule, one.message
