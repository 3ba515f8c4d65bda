"""The form of a defect: one rule, and a way to break its sentence in a clean visit and no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

import msgspec

from quarterhour.domain.claim import ClaimType
from quarterhour.domain.clock import Clock
from quarterhour.domain.code import code_number
from quarterhour.domain.visit import PlanOfCare, Service, Visit
from quarterhour.policy import Policy
from quarterhour.policy.codes import CodeCard
from quarterhour.policy.edits import UnlikelyUnits
from quarterhour.policy.payers import WORDS, Terms
from quarterhour.workflows.synth.notes.tale import Tale
from quarterhour.workflows.synth.services import QUARTER, asks

#: Modifiers of the disciplines, in the order of ``domain.visit.DISCIPLINES``, and of assistants.
DISCIPLINE_MODIFIERS: Final = ("GP", "GO", "GN")
ASSISTANT_MODIFIERS: Final = ("CQ", "CO")
#: The fewest minutes that make a first unit; clean visits have their units by every way of counting.
FIRST_UNIT: Final = 8
#: So far ahead that no day of it has come.
CENTURY: Final = dt.timedelta(days=36_525)


class Made(msgspec.Struct, frozen=True):
    """A visit with a defect: the line it is on, from 1 (None: the visit as a whole), and what was done.

    ``also`` are rules that cannot but follow from the same defect.
    """

    visit: Visit
    line: int | None
    what: str
    also: tuple[str, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """What the policy says of a visit, and the tale of its note where it has one: all a defect may ask."""

    visit: Visit
    policy: Policy
    tale: Tale | None = None

    def asks(self, term: str) -> bool:
        """Whether the payer has a term in the visit's setting on its day; edits of tables of its own are not drawn."""
        return asks(self._terms(), term)

    def method(self) -> str:
        """How the payer counts units."""
        return WORDS["unit_method"][self._number("unit_method")]

    def claim_type(self) -> ClaimType:
        """The kind of claim the visit goes on."""
        return "institutional" if self._number("claim_type") else "professional"

    def card(self, service: Service) -> CodeCard:
        """What is known of the service's code.

        Raises:
            KeyError: for a code that is not known; clean visits have none.

        """
        card = self.policy.codes.card(service.code)
        if card is None:
            raise KeyError(service.code)
        return card

    def limit(self, code: str) -> UnlikelyUnits | None:
        """The unlikely-units value of a code, where the payer has such edits."""
        if not self.asks("unlikely_edits"):
            return None
        return self.policy.unlikely.limit(code_number(code), self.claim_type(), self.visit.date_of_service)

    def lines(self, *kinds: str) -> list[int]:
        """Where the visit's services of these kinds stand, from 0; all services without a kind."""
        services = self.visit.services
        return [at for at, one in enumerate(services) if not kinds or self.card(one).kind in kinds]

    def procedures(self) -> list[int]:
        """Where the timed procedures stand whose units are not bound to one a day."""
        return [at for at in self.lines("timed") if self.card(self.visit.services[at]).further_units is None]

    def room(self, at: int, more: int) -> bool:
        """Whether a service may have so many units more without a limit being reached."""
        service = self.visit.services[at]
        limit = self.limit(service.code)
        return limit is None or (service.units or 0) + more <= limit.units

    def carries(self, *modifiers: str) -> list[int]:
        """Where services with one of these modifiers stand."""
        return [at for at, one in enumerate(self.visit.services) if set(modifiers) & set(one.modifiers)]

    @property
    def plan(self) -> PlanOfCare:
        """The plan of care, which every clean visit has."""
        return self.visit.plan_of_care or PlanOfCare()

    @property
    def began(self) -> dt.date:
        """The first day of the course."""
        return self.plan.established or self.visit.date_of_service

    @property
    def elapsed(self) -> int:
        """Days since the first day of the course."""
        return (self.visit.date_of_service - self.began).days

    @property
    def accrued(self) -> int | None:
        """What had accrued toward the threshold of the visit's discipline, cents; None where it is not said."""
        found = self.visit.accrued
        return None if found is None else (found.ot if self.visit.discipline == "OT" else found.pt_slp)

    @property
    def used_up(self) -> bool | None:
        """Whether the threshold of the discipline was reached before the visit; None where nothing accrued is said."""
        if self.accrued is None:
            return None
        name = "kx_ot" if self.visit.discipline == "OT" else "kx_pt_slp"
        limit: int = self.policy.parameter(f"cms/thresholds:{name}").on(self.visit.date_of_service).value
        return self.accrued >= limit

    @property
    def assisted(self) -> bool:
        """Whether an assistant treated."""
        return self.visit.assistant is not None

    def _number(self, term: str) -> int:
        return self._terms().number(term)

    def _terms(self) -> Terms:
        visit = self.visit
        return self.policy.payers.terms(visit.payer or "", visit.setting, visit.date_of_service.toordinal())


class Defect(msgspec.Struct, frozen=True):
    """A rule and the way to break it; ``make`` gives None for a visit that does not lend itself to it."""

    rule: str
    make: Callable[[Told], Made | None]


def on_line(told: Told, at: int, what: str, also: tuple[str, ...] = (), **changes: object) -> Made:
    """The visit with one service changed."""
    return Made(with_line(told.visit, at, **changes), at + 1, what, also)


def on_visit(told: Told, what: str, also: tuple[str, ...] = (), **changes: object) -> Made:
    """The visit itself changed."""
    return Made(msgspec.structs.replace(told.visit, **changes), None, what, also)


def on_plan(told: Told, what: str, also: tuple[str, ...] = (), **changes: object) -> Made:
    """The plan of care changed."""
    return on_visit(told, what, also, plan_of_care=msgspec.structs.replace(told.plan, **changes))


def with_line(visit: Visit, at: int, **changes: object) -> Visit:
    """A visit with one service changed."""
    services = list(visit.services)
    services[at] = msgspec.structs.replace(services[at], **changes)
    return msgspec.structs.replace(visit, services=tuple(services))


def summed(told: Told, visit: Visit) -> Visit:
    """A visit with its totals as its services now have them."""
    timed = sum(one.minutes or 0 for one in visit.services if told.card(one).timed)
    every = sum(one.minutes or 0 for one in visit.services)
    return msgspec.structs.replace(visit, total_timed_minutes=timed, total_treatment_minutes=every)


def marked(service: Service, *more: str, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The service's modifiers with some more and without some."""
    return (*(one for one in service.modifiers if one not in without), *more)


def units_of(minutes: int) -> int:
    """The units that so many timed minutes make."""
    return (minutes + QUARTER - FIRST_UNIT) // QUARTER


def first(places: list[int]) -> int | None:
    """The first of some places, None if there is none."""
    return places[0] if places else None


def days_after(day: dt.date, days: int) -> dt.date:
    """So many days later."""
    return day + dt.timedelta(days=days)


def shifted(service: Service, minutes: int, last: int = 0) -> tuple[tuple[Clock, Clock], ...]:
    """The service's only interval so many minutes later, its end ``last`` minutes later still."""
    ((begin, end),) = service.intervals
    return ((Clock(begin + minutes), Clock(end + minutes + last)),)
