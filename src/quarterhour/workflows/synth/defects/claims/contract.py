"""What defects of claims are made of: the claim with one thing changed, and what must be found in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from quarterhour.domain.claim import Claim, Institutional, Line
from quarterhour.domain.people import Patient, Provider
from quarterhour.policy import Policy
from quarterhour.workflows.synth.services import asks

DAY = dt.timedelta(days=1)


class MadeClaim(msgspec.Struct, frozen=True):
    """A claim with a defect: the line it is on, from 1 (None: the claim as a whole), and what was done.

    ``also`` are rules that cannot but follow. ``more`` is a claim that stands behind it in the file.
    """

    claim: Claim
    line: int | None
    what: str
    also: tuple[str, ...] = ()
    more: Claim | None = None


class Billed(msgspec.Struct, frozen=True):
    """A claim and what the policy says of it: all a defect may ask."""

    claim: Claim
    policy: Policy

    @property
    def professional(self) -> bool:
        """Whether it is a professional claim."""
        return self.claim.claim_type == "professional"

    @property
    def stay(self) -> Institutional | None:
        """What only an institutional claim has."""
        return self.claim.institutional

    @property
    def day(self) -> dt.date:
        """The day of service, which every drawn claim has once."""
        return self.claim.lines[0].date_of_service or dt.date.min

    @property
    def patient(self) -> Patient:
        """The patient, whom every drawn claim has."""
        return self.claim.patient or Patient()

    def asks(self, term: str) -> bool:
        """Whether the payer has a term on the day; edits of tables of its own are not drawn."""
        terms = self.policy.payers.terms(self.claim.payer, None, self.day.toordinal())
        return asks(terms, term)

    def plain(self) -> int | None:
        """A line that no other one hangs on: of a claim without 59, an evaluation or KX; counted from 0."""
        if any({"59", "KX"} & set(line.modifiers) for line in self.claim.lines):
            return None
        for at, line in enumerate(self.claim.lines):
            card = self.policy.codes.card(line.code)
            if card is not None and card.kind not in ("evaluation", "re-evaluation", "add-on-timed"):
                return at
        return None


class ClaimDefect(msgspec.Struct, frozen=True):
    """A rule and the way to break it; ``make`` gives None for a claim that does not lend itself to it.

    ``table_only``: an 837 cannot be written so, a table of claim lines can.
    """

    rule: str
    make: Callable[[Billed], MadeClaim | None]
    table_only: bool = False


def on_claim(billed: Billed, what: str, also: tuple[str, ...] = (), **changes: object) -> MadeClaim:
    """The claim itself changed."""
    return MadeClaim(msgspec.structs.replace(billed.claim, **changes), None, what, also)


def on_line(billed: Billed, at: int, what: str, also: tuple[str, ...] = (), **changes: object) -> MadeClaim:
    """The claim with one line changed."""
    line = msgspec.structs.replace(billed.claim.lines[at], **changes)
    return MadeClaim(with_line(billed.claim, at, line), at + 1, what, also)


def with_line(claim: Claim, at: int, *lines: Line) -> Claim:
    """The claim with other lines in the place of one."""
    return msgspec.structs.replace(claim, lines=(*claim.lines[:at], *lines, *claim.lines[at + 1 :]))


def on_patient(billed: Billed, what: str, **changes: object) -> MadeClaim:
    """The patient changed."""
    return on_claim(billed, what, patient=msgspec.structs.replace(billed.patient, **changes))


def on_provider(
    billed: Billed, role: str, what: str, also: tuple[str, ...] = (), **changes: object
) -> MadeClaim | None:
    """A provider of the claim changed; None where there is none of that role."""
    provider: Provider | None = getattr(billed.claim, role)
    if provider is None:
        return None
    return on_claim(billed, what, also, **{role: msgspec.structs.replace(provider, **changes)})


def on_stay(billed: Billed, what: str, also: tuple[str, ...] = (), **changes: object) -> MadeClaim | None:
    """What only an institutional claim has, changed; None for a professional claim."""
    if billed.stay is None:
        return None
    return on_claim(billed, what, also, institutional=msgspec.structs.replace(billed.stay, **changes))
