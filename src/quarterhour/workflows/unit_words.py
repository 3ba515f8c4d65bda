"""The arithmetic of a day's units as sentences, with its remainders, its ties and what the other method would give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from quarterhour.engine.allocate import DayUnits
from quarterhour.workflows.unit_marks import Lines, Marks, Service

_TOTAL_TIME = "cms"


class Count(msgspec.Struct, frozen=True):
    """A day as it was counted.

    ``length`` is the minutes of a unit, ``floor`` the fewest of the first; ``services`` are in the order of the answer,
    ``units`` what each code has in the chosen allocation; ``rest`` names the code that further minutes of one go under;
    ``parted`` names those whose further minutes were moved there.
    """

    method: str
    discipline: str
    length: int
    floor: int
    services: tuple[Service, ...]
    result: DayUnits
    units: Mapping[str, int]
    rest: Mapping[str, str]
    parted: Mapping[str, str]

    @property
    def pooled(self) -> list[Service]:
        """The services whose minutes count into the day's total, by code: the order ``result`` has them in."""
        return sorted((service for service in self.services if service.pooled), key=lambda service: service.code)

    @property
    def total(self) -> int:
        """The day's timed minutes."""
        return sum(service.minutes for service in self.pooled)


def explain(count: Count, marks: Marks, listed: Sequence[Lines], most: int) -> list[str]:
    """All sentences, in the order one would say them."""
    said = [
        f"{code} has one unit a day: its minutes after the first {count.length} go under {further}"
        for code, further in count.parted.items()
    ]
    if count.pooled:
        said += _by_total(count) if count.method == _TOTAL_TIME else _by_code(count)
        said += _tie(count)
        said += _other_method(count)
    said += [_apart(service, count) for service in count.services if not service.pooled]
    said += _belongs_elsewhere(count)
    said += _life(count, marks.day)
    said += _assistant(count, marks)
    if len(listed) > 1:
        more = "at least " if len(listed) == most else ""
        said.append(
            f"{more}{_counted(len(listed) - 1, 'other way')} of billing the same minutes as well; see alternatives"
        )
    return said


def not_billed(service: Service, count: Count) -> str:
    """Why a service has no unit."""
    if not service.minutes:
        return "no minutes"
    if not service.pooled:
        return f"{service.minutes} minutes do not pass the midpoint of its {service.card.unit_minutes}"
    place = count.pooled.index(service)
    if count.result.high[place]:
        return "tied with another code for the last unit; the choice is the professional's"
    if count.method != _TOTAL_TIME and service.minutes < count.floor:
        return f"{service.minutes} minutes by themselves do not reach {count.floor}"
    if not count.result.allowed:
        return f"{count.total} timed minutes in all do not reach {count.floor}"
    took = "; its minutes count into the total" if count.method == _TOTAL_TIME else ""
    return (
        f"its {service.minutes} minutes are fewer than those left over elsewhere, "
        f"and {count.total} timed minutes support no more than {_counted(count.result.allowed, 'unit')}{took}"
    )


def _by_total(count: Count) -> list[str]:
    allowed, length = count.result.allowed, count.length
    if not allowed:
        return [f"{count.total} timed minutes support no unit; the first needs {count.floor}"]
    first = (allowed - 1) * length + count.floor
    said = [f"{count.total} timed minutes support {_counted(allowed, 'unit')} ({first}-{first + length - 1})"]
    said += [_quarters(service, length) for service in count.pooled]
    whole = sum(service.minutes // length for service in count.pooled)
    quarters = f"full quarter hours are {_counted(whole, 'unit')}" if whole else "no code has a full quarter hour"
    left = allowed - whole
    if left and len(count.pooled) > 1:
        winners = [s for s in count.pooled if count.units[s.code] > s.minutes // length]
        tied = any(low < high for low, high in zip(count.result.low, count.result.high, strict=True))
        named = "" if tied else ": " + ", ".join(f"{s.code} ({s.minutes % length})" for s in winners)
        said.append(f"{quarters}; {left} more by the largest {'remainder' if left == 1 else 'remainders'}{named}")
    elif not left and any(s.minutes % length for s in count.pooled):
        said.append(f"{quarters}; what is left over makes no further one")
    return said


def _by_code(count: Count) -> list[str]:
    said = [f"each code by itself: a unit for every {count.length} minutes, one more from {count.floor} left over on"]
    for service in count.pooled:
        alone = (service.minutes + count.length - count.floor) // count.length
        said.append(f"{_quarters(service, count.length)}: {_counted(alone, 'unit')}")
    if count.result.allowed < count.result.midpoint:
        most = f"{count.total} minutes are {_counted(count.result.allowed, 'unit')}, not {count.result.midpoint}"
        said.append(f"no more than the total supports: {most}; the smallest remainders lose theirs")
    return said


def _quarters(service: Service, length: int) -> str:
    whole, rest = divmod(service.minutes, length)
    if not whole:
        return f"{service.code}: {service.minutes}, less than {length}"
    return f"{service.code}: {service.minutes} = {whole} × {length}" + (f" + {rest}" if rest else "")


def _tie(count: Count) -> list[str]:
    tied = [s for s, low, high in zip(count.pooled, count.result.low, count.result.high, strict=True) if low < high]
    if not tied:
        return []
    open_units = count.result.allowed - sum(count.result.low)
    codes = ", ".join(sorted(service.code for service in tied))
    tie = f"{codes} tie with {tied[0].minutes % count.length} left over each for {_counted(open_units, 'unit')}"
    return [f"{tie}: which has it is the professional's choice"]


def _other_method(count: Count) -> list[str]:
    by_total, by_code = count.result.total_time, count.result.midpoint
    if by_total == by_code:
        return []
    if count.method == _TOTAL_TIME:
        who, other = "each code by itself (CPT midpoint)", by_code
    else:
        who, other = "the total (Medicare)", by_total
    return [f"a payer that counts {who} has {_counted(other, 'unit')} for the same minutes"]


def _apart(service: Service, count: Count) -> str:
    units = count.units[service.code]
    if not service.card.timed:
        kind = "by the month" if service.card.kind == "monthly" else service.card.kind.replace("-", " ")
        how = kind if service.card.kind == "untimed" else f"{kind}, not counted by time"
        whatever = f"; {_counted(units, 'unit')} whatever the minutes" if units else ""
        return f"{service.code}: {how}{whatever}"
    length = service.card.unit_minutes or 0
    said = f"{service.code}: outside the day's total, in units of {length} minutes; {_counted(units, 'unit')}"
    rest = count.rest.get(service.code)
    if rest and service.minutes > length:
        said += f"; the {service.minutes - length} minutes after the first {length} go under {rest}"
    return said


def _belongs_elsewhere(count: Count) -> list[str]:
    return [
        f"{service.code} belongs to {service.card.bound_discipline}, not to {count.discipline}"
        for service in count.services
        if service.card.bound_discipline not in {None, count.discipline}
    ]


def _life(count: Count, day: dt.date) -> list[str]:
    """Codes that did not exist on the day, as far as is known."""
    said = []
    for service in count.services:
        card = service.card
        known = "from memory" if card.valid_evidence == "memory" else f"{card.valid_evidence} evidence"
        if card.valid_from and day < card.valid_from:
            said.append(f"{card.code} was no code yet on {day}: it begins on {card.valid_from} ({known})")
        if card.valid_to and day > card.valid_to:
            said.append(f"{card.code} was no code any more on {day}: it ended on {card.valid_to} ({known})")
    return said


def _assistant(count: Count, marks: Marks) -> list[str]:
    if marks.why:
        return [marks.why]
    if marks.rule is None:
        return []
    rule = marks.rule
    share = f"more than {rule.de_minimis_percent} percent"
    said = [f"a unit takes {marks.assistant} where the assistant alone furnished {share}"]
    if rule.rule == "midpoint":
        said[0] += (
            f", but not the last unit if the therapist furnished {rule.last_unit_therapist_minimum} minutes of it"
        )
    said += [
        f"{service.code}: {service.assistant_minutes} of {service.minutes} minutes by the assistant, "
        f"{service.minutes - service.assistant_minutes} by the therapist"
        for service in count.services
        if service.assistant_minutes
    ]
    return said


def _counted(number: int, word: str) -> str:
    """``no unit``, ``1 unit``, ``3 units``."""
    return f"{number or 'no'} {word}{'' if number in {0, 1} else 's'}"
