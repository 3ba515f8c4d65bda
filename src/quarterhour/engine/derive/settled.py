"""What a reading leaves open and the place of its words settles: restated minutes, and under which service an activity
is told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from quarterhour.domain.reading import NoteActivity, NoteService, Reading
from quarterhour.policy import Policy

_PERFORMED: Final = "performed"
_CODE: Final = re.compile(r"(?<![\w.])[0-9A-Z]\d{4}(?![\w.]\d)")
_NOT_LETTERS: Final = re.compile(r"[^A-Za-z&' -]+")
#: A label as a heading: at the beginning of a line or sentence, with a colon or dash soon after it.
_HEADING: Final = r"(?im)(?:^[ \t*•-]*|(?<=[.;] )){}(?=[^\n.;:]{{0,40}}(?::| - |--))"
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
    return msgspec.structs.replace(reading, activities=tuple(_told(reading, text)))


def _once(reading: Reading, policy: Policy) -> tuple[NoteService, ...]:
    seen: set[tuple[str, int]] = set()
    first: list[NoteService] = []
    again: list[NoteService] = []
    for service in reading.services:
        if service.code is None or service.minutes is None or service.status != _PERFORMED:
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
        if service.code in unsure and service.status == _PERFORMED
        else service
        for service in first
    )


def _sum(services: list[NoteService] | tuple[NoteService, ...], policy: Policy, *, timed_only: bool) -> int:
    total = 0
    for service in services:
        card = policy.codes.card(service.code) if service.code else None
        if service.status == _PERFORMED and service.minutes and (not timed_only or (card and card.timed)):
            total += service.minutes
    return total


def _told(reading: Reading, text: str) -> Iterator[NoteActivity]:
    """The activities with the service they are told under.

    That is the only service performed, or the last one named before it in the same section. Services listed line under
    line with nothing told between them are a table, and what follows a table belongs to none of them.
    """
    done = [service for service in reading.services if service.status == _PERFORMED and service.code]
    codes = {str(service.code) for service in done}
    if not done:
        yield from reading.activities
        return
    if len(codes) == 1:
        only = str(done[0].code)
        for activity in reading.activities:
            yield msgspec.structs.replace(activity, code=only) if activity.status == _PERFORMED else activity
        return
    mentions = _mentions(done, codes, text)
    starts = [mention.start for mention in mentions]
    borders = [section.start for section in reading.sections]
    own = {service.start for service in done}
    told = sorted(a.start for a in reading.activities if a.kind != "modality" or a.start not in own)
    for activity in reading.activities:
        place = bisect_right(starts, activity.start) - 1
        if activity.status != _PERFORMED or place < 0:
            yield activity
            continue
        mention = mentions[place]
        apart = bisect_right(borders, mention.start) != bisect_right(borders, activity.start)
        lower = "\n" in text[mention.start : activity.start]
        if apart or (lower and _ends_table(mentions, place, told, text)):
            yield activity
            continue
        yield msgspec.structs.replace(activity, code=mention.code)


def _mentions(done: list[NoteService], codes: set[str], text: str) -> list[_Mention]:
    found = {service.start: str(service.code) for service in done}
    spans = [(service.start, service.end) for service in done]
    for match in _CODE.finditer(text):
        if match[0] in codes:
            found.setdefault(match.start(), match[0])
    for service in done:
        label = _NOT_LETTERS.sub(" ", service.label).strip(" -")
        if len(label) < _SHORTEST:
            continue
        for match in re.finditer(_HEADING.format(re.escape(label)), text):
            if not any(start <= match.start() < end for start, end in spans):
                found.setdefault(match.start(), str(service.code))
    return [_Mention(start, found[start]) for start in sorted(found)]


def _ends_table(mentions: list[_Mention], place: int, told: list[int], text: str) -> bool:
    if place == 0 or mentions[place - 1].code == mentions[place].code:
        return False
    before, here = mentions[place - 1].start, mentions[place].start
    between = bisect_right(told, here - 1) - bisect_right(told, before - 1)
    return between == 0 and "\n" in text[before:here]
