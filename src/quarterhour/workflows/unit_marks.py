"""The modifiers of a day's lines: whose plan of care, and which units an assistant furnished in part."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from quarterhour.domain.columns import ABSENT
from quarterhour.engine.allocate import ShareRule, assistant_range
from quarterhour.policy import Policy
from quarterhour.policy.codes import CodeCard
from quarterhour.policy.errors import NotKnown
from quarterhour.policy.payers import Terms
from quarterhour.workflows.errors import BadRequest

Lines = list[dict[str, Any]]


class Service(msgspec.Struct, frozen=True):
    """All minutes of one code on the day. ``pooled`` minutes count into the day's total of timed minutes."""

    card: CodeCard
    minutes: int
    assistant_minutes: int
    pooled: bool

    @property
    def code(self) -> str:
        """The procedure code."""
        return self.card.code

    def plus(self, other: Service) -> Service:
        """Both together."""
        return msgspec.structs.replace(
            self,
            minutes=self.minutes + other.minutes,
            assistant_minutes=self.assistant_minutes + other.assistant_minutes,
        )


class Marks(msgspec.Struct, frozen=True):
    """The modifiers of one day; ``rule`` is None where no unit can need the assistant's, and ``why`` then says why."""

    day: dt.date
    discipline: str | None
    assistant: str | None
    rule: ShareRule | None
    why: str | None


def marks_of(policy: Policy, terms: Terms, discipline: str, services: Sequence[Service], day: dt.date) -> Marks:
    """Look up the modifiers of a discipline under a payer's terms.

    Raises:
        BadRequest: for assistant minutes in a discipline that has no assistant modifier.

    """
    plan = _modifier(policy, "discipline", discipline) if terms.number("discipline_modifiers") == 1 else None
    if not any(service.assistant_minutes for service in services):
        return Marks(day, plan, None, None, None)
    assistant = _modifier(policy, "assistant", discipline)
    if assistant is None:
        msg = f"assistant minutes go with PT or OT; there is no assistant modifier for {discipline}"
        raise BadRequest(msg)
    if not _required(policy, day):
        return Marks(day, plan, None, None, f"{assistant} was not yet asked for on {day}")
    if terms.number("assistant_modifiers") != 1:
        return Marks(day, plan, None, None, f"the payer's terms do not ask for {assistant}")
    return Marks(day, plan, assistant, _rule(policy, day), None)


def lines_of(way: Mapping[str, int], services: Sequence[Service], marks: Marks) -> Iterator[Lines]:
    """The lines of one allocation; more than one way where both readings of the assistant's share are published.

    The first has the modifier wherever a reading asks for it, so it never claims more than the record supports.
    """
    billed = [service for service in services if way[service.code]]
    shares = [_share(service, way[service.code], marks.rule) for service in billed]
    for counts in itertools.product(*(range(high, low - 1, -1) for low, high in shares)):
        lines: Lines = []
        for service, marked in zip(billed, counts, strict=True):
            plain = _plan_modifier(service, marks)
            with_assistant = [*plain, *([marks.assistant] if marks.assistant else [])]
            for units, modifiers in ((way[service.code] - marked, plain), (marked, with_assistant)):
                if units:
                    lines.append({"code": service.code, "units": units, "modifiers": modifiers})
        yield lines


def _share(service: Service, units: int, rule: ShareRule | None) -> tuple[int, int]:
    if rule is None or not service.assistant_minutes:
        return 0, 0
    return assistant_range(
        rule,
        minutes=service.minutes,
        assistant_minutes=service.assistant_minutes,
        timed=service.card.timed,
        units=units,
        length=service.card.unit_minutes or 1,
    )


def _plan_modifier(service: Service, marks: Marks) -> list[str]:
    therapy = service.card.designation_on(marks.day)
    if marks.discipline is None or (therapy is not None and therapy.value == "none"):
        return []
    return [marks.discipline]


def _modifier(policy: Policy, group: str, discipline: str) -> str | None:
    cards = map(policy.modifiers.card, policy.modifiers)
    return next((card.modifier for card in cards if card.group == group and card.discipline == discipline), None)


def _required(policy: Policy, day: dt.date) -> bool:
    try:
        return bool(policy.parameter("cms/assistants:modifier_required").on(day).value)
    except NotKnown:
        return False


def _rule(policy: Policy, day: dt.date) -> ShareRule:
    def number(name: str) -> int:
        try:
            return int(policy.parameter(f"cms/assistants:{name}").on(day).value)
        except NotKnown:  # not part of the rule of that date
            return ABSENT

    return ShareRule(
        str(policy.parameter("cms/assistants:rule").on(day).value),
        de_minimis_percent=number("de_minimis_percent"),
        last_unit_therapist_minimum=number("last_unit_therapist_minimum"),
        two_unit_minimum=number("two_unit_minimum"),
        two_unit_maximum=number("two_unit_maximum"),
    )
