"""What a note tells of its visit, sentence by sentence, before it is laid out.

A sentence that is empty is left out of the note. What the record has (services, minutes, times, totals, goal, who
treated) is told as recorded; the rest is drawn, the same for the same seed and visit.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Final

import msgspec

from quarterhour.domain.visit import Goal, PersonName, PlanOfCare, Provider, Service, Visit
from quarterhour.policy import Policy
from quarterhour.workflows.synth.courses import REPORT_EVERY
from quarterhour.workflows.synth.notes.phrases import Phrases, phrases

#: How the credential of a therapist and of an assistant stands behind a name.
_LETTERS: Final = {"PT": "PT, DPT", "OT": "OTR/L", "SLP": "CCC-SLP", "PTA": "PTA", "OTA": "COTA/L"}
_DISCIPLINES: Final = {"PT": "Physical therapy", "OT": "Occupational therapy", "SLP": "Speech-language pathology"}
#: Treatment days on which a measure goes from its baseline to its target, and the time a goal is given.
_DAYS_TO_TARGET: Final = 24
_TO_TARGET: Final = dt.timedelta(weeks=12)
_INITIALS: Final = "ABCDEFGHJKLMNPRST"


class Part(msgspec.Struct, frozen=True):
    """A service as the note tells it. ``minutes`` None: not told; ``begin`` and ``end`` are minutes of the day."""

    code: str
    name: str
    work: str
    minutes: int | None
    begin: int
    end: int


class Tale(msgspec.Struct, frozen=True, kw_only=True):
    """All a note tells. ``timed`` and ``total`` are minutes, None where they are left out; ``clock`` whether times are
    told; ``seen`` when the visit began and ended, in minutes of the day; ``layout`` is a number from which the form of
    the note is taken.
    """

    kind: str
    evaluates: bool
    discipline: str
    patient: str
    day: dt.date
    number: int
    condition: str
    subject: str
    contact: str
    parts: tuple[Part, ...]
    timed: int | None
    total: int | None
    clock: bool
    seen: tuple[int, int]
    help: str
    reason: str
    response: str
    progress: str
    aim: str
    goal: str
    plan: str
    signer: str
    layout: int


def tale_of(visit: Visit, seed: int, policy: Policy) -> Tale:
    """What the note of a drawn visit tells."""
    drawn = random.Random(f"{seed} {visit.visit_id}")  # noqa: S311  (nothing secret is drawn)
    told, plan = phrases(), visit.plan_of_care or PlanOfCare()
    number = plan.visit_number or 1
    of = told.conditions[plan.diagnoses[0]]
    manner = told.manners["speech" if visit.discipline == "SLP" else "body"]
    goal = plan.goals[0]
    blank = _Blanks(drawn)
    parts = tuple(_part(service, told, blank) for service in visit.services)
    name = visit.patient.name if visit.patient and visit.patient.name else PersonName()
    cards = {part.code: card for part in parts if (card := policy.codes.card(part.code)) is not None}
    kinds = {card.kind for card in cards.values()}
    return Tale(
        kind=_kind(kinds, number),
        evaluates=not kinds.isdisjoint(("evaluation", "re-evaluation")),
        discipline=_DISCIPLINES[visit.discipline or "PT"],
        patient=f"{name.given} {name.family}",
        day=visit.date_of_service,
        number=number,
        condition=f"{drawn.choice(of.words)} ({', '.join(plan.diagnoses)})",
        subject=blank.filled(of.subject),
        contact=blank.filled(told.contact, place=drawn.choice(told.places)),
        parts=parts,
        timed=sum(part.minutes or 0 for part in parts if part.code in cards and cards[part.code].timed),
        total=visit.total_treatment_minutes,
        clock=True,
        seen=(min(part.begin for part in parts), max(part.end for part in parts)),
        help=blank.filled(manner.help),
        reason=blank.filled(manner.changes, reason=blank.filled(of.reasons)),
        # In turn, so that no response is told in the same words twice in a row unless it is meant to be.
        response=blank.filled([of.response[number % len(of.response)]]),
        progress=_progress(told, blank, goal, plan, number),
        aim=drawn.choice(of.aims),
        goal=f"Goal 1: {_lowered(goal.text or '')} by {_due(plan, visit.date_of_service):%m/%d/%Y}.",
        plan=blank.filled(manner.plans, visits=drawn.choice(("2x/week", "twice a week")), weeks=drawn.randint(2, 6)),
        signer=_signer(visit.therapist or Provider()),
        layout=int((visit.therapist or Provider()).npi or 0) // 10,
    )


class _Blanks(msgspec.Struct, frozen=True):
    """Phrases with their braces filled from one stream of numbers."""

    drawn: random.Random

    def filled(self, choices: Sequence[str], **more: object) -> str:
        """One of the phrases, filled."""
        draw, load = self.drawn.randint, self.drawn.randint(8, 20)
        return self.drawn.choice(choices).format(
            few=draw(2, 4), some=draw(5, 9), many=draw(10, 20), load=load, less=load - draw(2, 5), back=draw(70, 120),
            **more,
        )  # fmt: skip


def _part(service: Service, told: Phrases, blank: _Blanks) -> Part:
    words = told.services[service.code]
    ((begin, end),) = service.intervals
    name = blank.drawn.choice(words.names)
    return Part(service.code, name, blank.filled(words.work), service.minutes, int(begin), int(end))


def _kind(kinds: set[str], number: int) -> str:
    if "evaluation" in kinds:
        return "evaluation"
    return "progress" if number % REPORT_EVERY == 0 else "daily"


def _progress(told: Phrases, blank: _Blanks, goal: Goal, plan: PlanOfCare, number: int) -> str:
    """The measure of the goal today and at the beginning; nothing at the first visit."""
    if number == 1 or plan.established is None or goal.baseline is None or goal.target is None:
        return ""
    share = min(number + blank.drawn.random(), _DAYS_TO_TARGET) / _DAYS_TO_TARGET
    now = goal.baseline + (goal.target - goal.baseline) * share
    return blank.filled(
        told.progress, measure=goal.measure, unit=goal.unit, now=f"{now:.1f}", before=f"{goal.baseline:.1f}",
        day=f"{plan.established:%m/%d}",
    )  # fmt: skip


def _signer(who: Provider) -> str:
    name = who.name or ""
    return f"{_INITIALS[len(name) % len(_INITIALS)]}. {name}, {_LETTERS[who.credential or 'PT']}"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _due(plan: PlanOfCare, today: dt.date) -> dt.date:
    """The day by which a goal is to be reached: it is set anew whenever one has passed."""
    due = (plan.established or today) + _TO_TARGET
    while due <= today:
        due += _TO_TARGET
    return due
