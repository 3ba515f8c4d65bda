"""A note that comes without a visit record: the record it makes itself, with nothing in it the note does not state."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from quarterhour.domain.code import code_number
from quarterhour.domain.errors import BadCode
from quarterhour.domain.reading import PERFORMED, NoteService, Reading, UnitsTold
from quarterhour.domain.visit import Note, Service, Visit
from quarterhour.engine.derive.settled import settled
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry

#: What can be said of a note where nothing was billed yet.
_KINDS: Final = frozenset({"documentation", "necessity", "time_conflict", "wrong_code"})
#: What its signature shows by itself. Units and modifiers a note alone does not have, so nothing is wrong with them.
_OF_SIGNATURE: Final = frozenset({"eligibility", "plan_of_care"})
_TABLES: Final = "note"
#: What is wrong with units, by the minutes of the day; rules over notes compare a note with another record.
_OF_UNITS: Final = frozenset({"units_over", "units_under"})
NO_LINES: Final = "a note alone has no lines as billed, no plan of care and no provider"
_DAY_MINUTES: Final = 1440


def visit_of(text: str, reading: Reading, day: dt.date, payer: str, policy: Policy) -> Visit:
    """The visit of a note: performed services with their minutes, the units the note writes beside them (else
    undecided), and the times the note states; a service that by its own words is not billed is none of them.
    """
    times = reading.times
    unbilled = {(told.start, told.end) for told in reading.unbilled}
    return Visit(
        date_of_service=day,
        payer=payer,
        discipline=reading.discipline,
        services=_services(
            [told for told in settled(reading, text, policy).services if (told.start, told.end) not in unbilled],
            reading.units_told,
        ),
        total_timed_minutes=_minutes(times.total_timed_minutes),
        total_treatment_minutes=_minutes(times.total_treatment_minutes),
        note=Note(text=text),
    )


def writes_units(visit: Visit) -> bool:
    """Whether the note a visit was made of writes the units of all its services."""
    return bool(visit.services) and all(service.units is not None for service in visit.services)


@functools.lru_cache(maxsize=32)
def parted(entries: tuple[Entry, ...], *, with_units: bool = False) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The rules that can judge a note alone, ``with_units`` one that writes its units, and those that need what only a
    record has.
    """
    can = {
        entry.code
        for entry in entries
        if entry.kind in _KINDS
        or (entry.kind in _OF_SIGNATURE and entry.rule.over.startswith(_TABLES))
        or (with_units and entry.kind in _OF_UNITS and not entry.rule.over.startswith(_TABLES))
    }
    return (
        tuple(entry for entry in entries if entry.code in can),
        tuple(entry for entry in entries if entry.code not in can),
    )


def _services(told: Sequence[NoteService], written: Iterable[UnitsTold]) -> tuple[Service, ...]:
    """One for each code; its minutes are not known where any statement of it has none, nor its units where one has
    none.
    """
    minutes: dict[str, int | None] = {}
    units: dict[str, list[int]] = {}
    for stated in written:
        units.setdefault(stated.code, []).append(stated.units)
    for one in told:
        if one.status != PERFORMED or one.code is None or not _is_code(one.code):
            continue
        before = minutes.get(one.code, 0)
        minutes[one.code] = None if before is None or one.minutes is None else before + one.minutes
    named = Counter(one.code for one in told if one.status == PERFORMED)
    return tuple(
        Service(
            code=code,
            minutes=_minutes(number),
            units=sum(units[code]) if len(units.get(code, ())) == named[code] else None,
        )
        for code, number in minutes.items()
    )


def _minutes(number: int | None) -> int | None:
    """Minutes as a record may have them: more than a day has are a slip and tell nothing."""
    return number if number is not None and number <= _DAY_MINUTES else None


def _is_code(text: str) -> bool:
    try:
        code_number(text)
    except BadCode:
        return False
    return True
