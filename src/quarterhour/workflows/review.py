"""A note or visit as a person goes through it: the report, and beside it the elements, the units and the questions."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from quarterhour.domain.errors import QuarterhourError
from quarterhour.domain.json import dumps
from quarterhour.workflows.asked import DEFAULT_PAYER
from quarterhour.workflows.check import Checked, Wish, checked_contents
from quarterhour.workflows.draft import drafted
from quarterhour.workflows.report import Placed
from quarterhour.workflows.units import units

#: More visits than these nobody reads one by one.
MOST_SEEN: Final = 25


class Seen(msgspec.Struct, frozen=True):
    """A visit beside its findings.

    ``elements`` are those of its note (contract, section 5), None without one; ``units`` what its own minutes support
    (section 2), None where that cannot be said, which ``no_units`` says why; ``billed`` what the record or note has.
    """

    path: str | None
    number: int
    visit_id: str | None
    on: str
    discipline: str | None
    elements: dict[str, Any] | None
    units: dict[str, Any] | None
    no_units: str | None
    billed: tuple[tuple[str, int], ...]


class Review(msgspec.Struct, frozen=True):
    """What was checked, the first visits of it one by one, and the questions to the clinician (as ``draft``)."""

    checked: Checked
    seen: tuple[Seen, ...]
    questions: dict[str, Any]


def reviewed(contents: Iterable[tuple[str, bytes]], wish: Wish) -> Review:
    """Check what was sent, each with its name, and show its first ``MOST_SEEN`` visits.

    Raises:
        BadRequest, UnknownName: as :func:`quarterhour.workflows.check.check`.

    """
    checked = checked_contents(contents, wish)
    return Review(checked, tuple(_seen(checked, wish)), drafted(checked, wish).answer)


def _seen(checked: Checked, wish: Wish) -> Iterator[Seen]:
    names = [one["path"] for one in checked.report["inputs"]]
    for at in itertools.islice(checked.visits, MOST_SEEN):
        counted, why = _units(at, wish)
        yield Seen(
            path=names[at.input],
            number=at.number,
            visit_id=at.visit.visit_id,
            on=at.visit.date_of_service.isoformat(),
            discipline=at.visit.discipline,
            elements=msgspec.json.decode(dumps(at.reading.elements)) if at.reading else None,
            units=counted,
            no_units=why,
            billed=tuple((one.code, one.units) for one in at.visit.services if one.units is not None),
        )


def _units(at: Placed, wish: Wish) -> tuple[dict[str, Any] | None, str | None]:
    """The units of a visit's minutes by its payer's method, or why there are none."""
    services = at.visit.services
    if not services:
        return None, "no service with its code was found"
    without = [one.code for one in services if one.minutes is None]
    if without:
        return None, f"no minutes are told for {', '.join(dict.fromkeys(without))}"
    try:
        counted = units(
            [(one.code, one.minutes, one.assistant_minutes) for one in services],
            payer=at.visit.payer or wish.payer or DEFAULT_PAYER,
            setting=at.visit.setting,
            discipline=at.visit.discipline,
            on=at.visit.date_of_service,
            policy_folders=wish.policy_folders,
        )
    except QuarterhourError as error:
        return None, str(error)
    return counted, None
