"""What a reading leaves open and the place of its words settles: restated minutes, and under which service an activity
is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from quarterhour.domain.reading import PERFORMED, NoteActivity, NoteService, Reading
from quarterhour.policy import Policy

_MODALITY: Final = "modality"
# One set of characters comes first: the search stops nowhere else.
_CODE: Final = re.compile(r"[0-9A-Z](?<![\w.].)\d{4}(?![\w.]\d)")
_NOT_LETTERS: Final = re.compile(r"[^A-Za-z&' -]+")
#: What stands around a label used as a heading: the beginning of a line or sentence, and a colon or dash soon after.
_BEFORE_HEADING: Final = re.compile(r"(?:^|\n|[.;] )[ \t*•-]*$")
_AFTER_HEADING: Final = re.compile(r"[^\n.;:]{0,40}(?::| - |--)")
_NEAR: Final = 8
_SHORTEST: Final = 4


class _Mention(NamedTuple):
    """A place where a performed service is named."""

    start: int
    code: str


def settled(reading: Reading, text: str, policy: Policy) -> Reading:
    """The reading with every statement of minutes once and every activity with its service, where that can be told.

    A flow sheet and the description below it often both give a service's minutes. Equal minutes of one code are a
    second statement where the stated totals say so, a second bout where they say that; else nobody knows, and the code
    has no minutes.
    """
    services = _once(reading, policy)
    if len(services) != len(reading.services):
        reading = msgspec.structs.replace(reading, services=services)
    if any(activity.code for activity in reading.activities) or not reading.activities:
        return reading
    return msgspec.structs.replace(reading, activities=tuple(_told(reading, text, policy)))


def _once(reading: Reading, policy: Policy) -> tuple[NoteService, ...]:
    seen: set[tuple[str, int]] = set()
    first: list[NoteService] = []
    again: list[NoteService] = []
    for service in reading.services:
        if service.code is None or service.minutes is None or service.status != PERFORMED:
            first.append(service)
            continue
        key = (service.code, service.minutes)
        (again if key in seen else first).append(service)
        seen.add(key)
    if not again:
        return reading.services
    times = reading.times
    for stated, timed_only in ((times.total_timed_minutes, True), (times.total_treatment_minutes, False)):
        if stated is None:
            continue
        if _sum(reading.services, policy, timed_only=timed_only) == stated:
            return reading.services
        if _sum(first, policy, timed_only=timed_only) == stated:
            return tuple(first)
    unsure = {service.code for service in again}
    return tuple(
        msgspec.structs.replace(service, minutes=None)
        if service.code in unsure and service.status == PERFORMED
        else service
        for service in first
    )


def _sum(services: list[NoteService] | tuple[NoteService, ...], policy: Policy, *, timed_only: bool) -> int:
    total = 0
    for service in services:
        card = policy.codes.card(service.code) if service.code else None
        if service.status == PERFORMED and service.minutes and (not timed_only or (card and card.timed)):
            total += service.minutes
    return total


def _told(reading: Reading, text: str, policy: Policy) -> Iterator[NoteActivity]:
    """The activities with the service they are told under.

    That is the only service performed, or the last one named before it in the same section. A supervised modality runs
    beside other work, so only modalities are told under it. Services listed line under line with nothing told between
    them are a table, and what follows a table belongs to none of them.
    """
    done = [service for service in reading.services if service.status == PERFORMED and service.code]
    attended = [service for service in done if not _supervised(service, policy)]
    work = _Under(reading, attended, text)
    under = work, work if len(attended) == len(done) else _Under(reading, done, text)
    for activity in reading.activities:
        code = under[activity.kind == _MODALITY].code(activity) if activity.status == PERFORMED else None
        yield msgspec.structs.replace(activity, code=code) if code else activity


def _supervised(service: NoteService, policy: Policy) -> bool:
    card = policy.codes.card(service.code) if service.code else None
    return card is not None and card.contact == "supervised"


class _Under:
    """Under which of some services an activity is told."""

    __slots__ = ("_borders", "_mentions", "_only", "_starts", "_text", "_told")

    def __init__(self, reading: Reading, services: list[NoteService], text: str) -> None:
        codes = {str(service.code) for service in services}
        self._only = codes.pop() if len(codes) == 1 else None
        self._text = text
        self._mentions = [] if self._only else _mentions(services, codes, text)
        self._starts = [mention.start for mention in self._mentions]
        self._borders = [section.start for section in reading.sections]
        own = {service.start for service in services}
        self._told = sorted(a.start for a in reading.activities if a.kind != _MODALITY or a.start not in own)

    def code(self, activity: NoteActivity) -> str | None:
        """The code, None where the place of the activity does not say."""
        place = bisect_right(self._starts, activity.start) - 1
        if self._only or place < 0:
            return self._only
        mention = self._mentions[place]
        apart = bisect_right(self._borders, mention.start) != bisect_right(self._borders, activity.start)
        lower = "\n" in self._text[mention.start : activity.start]
        return None if apart or (lower and self._ends_table(place)) else mention.code

    def _ends_table(self, place: int) -> bool:
        if place == 0 or self._mentions[place - 1].code == self._mentions[place].code:
            return False
        before, here = self._starts[place - 1], self._starts[place]
        between = bisect_left(self._told, here) - bisect_left(self._told, before)
        return between == 0 and "\n" in self._text[before:here]


def _mentions(done: list[NoteService], codes: set[str], text: str) -> list[_Mention]:
    found = {service.start: str(service.code) for service in done}
    for match in _CODE.finditer(text):
        if match[0] in codes:
            found.setdefault(match.start(), match[0])
    spans = [(service.start, service.end) for service in done]
    low = text.lower()
    # A letter whose small form is longer would shift every place after it.
    for service in done if len(low) == len(text) else ():
        label = _NOT_LETTERS.sub(" ", service.label).strip(" -").lower()
        place = low.find(label) if len(label) >= _SHORTEST else -1
        while place >= 0:
            if (
                not any(start <= place < end for start, end in spans)
                and _AFTER_HEADING.match(low, place + len(label))
                and _BEFORE_HEADING.search(low[max(0, place - _NEAR) : place])
            ):
                found.setdefault(place, str(service.code))
            place = low.find(label, place + 1)
    return [_Mention(start, found[start]) for start in sorted(found)]
