"""What was read in the visits' notes, laid beside their lines."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.clock import Clock
from quarterhour.domain.code import code_number
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.reading import (
    ACTIVITY_CLASSES,
    ELEMENTS,
    GRADES,
    PERFORMED,
    STATUSES,
    Element,
    NoteActivity,
    NoteService,
    Reading,
)
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.engine.compiled import run
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import group
from quarterhour.engine.derive.lookup import Lookup
from quarterhour.engine.derive.note_words import delivery, signer
from quarterhour.engine.derive.settled import settled
from quarterhour.engine.kernels.units import METHOD_TOTAL_TIME, allocate
from quarterhour.policy import Policy
from quarterhour.rules.facts import NOTE_TYPES, LineFacts, VisitFacts
from quarterhour.rules.note_facts import NoteActivityFacts, NoteCodeFacts, NoteFacts

IntArray = NDArray[np.int64]
#: Contacts of services that can share no minute of one patient's.
_ATTENDED: Final = ("one-on-one", "constant-attendance", "group")
_Table = TypeVar("_Table", NoteFacts, NoteCodeFacts, NoteActivityFacts)
_Tables = tuple[NoteFacts, NoteCodeFacts, NoteActivityFacts, tuple[str, ...]]
#: A visit's place in the batch, what was read in its note, and the note.
_Read = list[tuple[int, Reading, str]]


def note_facts(
    batch: Batch,
    visits: VisitFacts,
    lines: LineFacts,
    readings: Sequence[Reading | None],
    asked: Lookup,
    policy: Policy,
) -> _Tables:
    """Fill the three tables of notes; ``readings`` are none at all, or one (or None) for every visit."""
    if not any(reading is not None for reading in readings):
        return _empty()
    texts = batch.visits.columns["note.text"]
    read: _Read = []
    for visit, reading in enumerate(readings):
        if reading is not None:
            text = batch.text(int(texts[visit])) or ""
            read.append((visit, settled(reading, text, policy), text))
    reasons: dict[str, int] = {}
    notes = _notes(batch, read, reasons, policy)
    codes = _codes(lines, read, policy)
    _count_units(notes, codes, batch, visits, asked, policy)
    return notes, codes, _activities(codes, read), tuple(reasons)


@functools.cache
def _empty() -> _Tables:
    by_element: dict[str, tuple[str, ...]] = dict.fromkeys(("grades", "starts", "ends", "reasons"), ELEMENTS)
    return (
        _blank(NoteFacts, {"one_on_one", "group_service"}, {**by_element, "performed": ACTIVITY_CLASSES}),
        _blank(NoteCodeFacts, {"in_total", "performed", "mentioned"}, {"classes": ACTIVITY_CLASSES}),
        _blank(NoteActivityFacts, set(), {}),
        (),
    )


def _blank(table: type[_Table], yes_or_no: set[str], by_name: dict[str, tuple[str, ...]]) -> _Table:
    """A table without rows; ``by_name`` are its columns of columns."""
    no, none = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
    columns: dict[str, Any] = {}
    for name in table.__annotations__:
        columns[name] = dict.fromkeys(by_name[name], no) if name in by_name else none if name in yes_or_no else no
    return table(**columns)


def _notes(batch: Batch, read: _Read, reasons: dict[str, int], policy: Policy) -> NoteFacts:
    elements = [[_element(reading, name, reasons) for _, reading, _ in read] for name in ELEMENTS]
    # Four tables, a row an element: grades, starts and ends of the first evidence, reasons.
    tables = np.array(elements, dtype=np.int64).transpose(2, 0, 1)
    grades, starts, ends, why = (dict(zip(ELEMENTS, np.ascontiguousarray(table), strict=True)) for table in tables)
    done: list[list[str]] = [[a.kind for a in reading.activities if a.status == PERFORMED] for _, reading, _ in read]
    times = [reading.times for _, reading, _ in read]
    spans = [_span(reading) for _, reading, _ in read]
    delivered = [delivery(reading, text, policy) for _, reading, text in read]
    types, signed = batch.visits.columns["note.type"], batch.visits.columns["note.signed_by"]
    not_counted = np.full((3, len(read)), ABSENT)
    return NoteFacts(
        visit=_array(visit for visit, _, _ in read),
        line=np.full(len(read), ABSENT),
        grades=grades,
        starts=starts,
        ends=ends,
        reasons=why,
        performed={kind: _array(kinds.count(kind) for kinds in done) for kind in ACTIVITY_CLASSES},
        total_timed_minutes=_array(_number(t.total_timed_minutes) for t in times),
        total_treatment_minutes=_array(_number(t.total_treatment_minutes) for t in times),
        begin=_array(begin for begin, _ in spans),
        end=_array(end for _, end in spans),
        service_minutes=_array(_timed_sum(reading, policy) for _, reading, _ in read),
        services=_array(sum(s.status == PERFORMED for s in reading.services) for _, reading, _ in read),
        discipline=_array(DISCIPLINES.index(r.discipline) + 1 if r.discipline else 0 for _, r, _ in read),
        day=_array(r.named_day.toordinal() if r.named_day else ABSENT for _, r, _ in read),
        aide_start=_array(r.by_aide[0].start if r.by_aide else ABSENT for _, r, _ in read),
        aide_end=_array(r.by_aide[0].end if r.by_aide else ABSENT for _, r, _ in read),
        attended_minutes=_array(_attended_sum(reading, policy) for _, reading, _ in read),
        units_billed=not_counted[0],
        units_allowed=not_counted[1],
        units_stated=not_counted[2],
        group_start=_array(start for start, _, _ in delivered),
        group_end=_array(end for _, end, _ in delivered),
        one_on_one=np.array([one for _, _, one in delivered], dtype=np.bool_),
        group_service=np.array([_in_group(reading, policy) for _, reading, _ in read], dtype=np.bool_),
        signer=_array(
            signer(reading, text, policy, recorded=batch.text(int(signed[visit])) or "")
            for visit, reading, text in read
        ),
        type=_array(_type(batch.text(int(types[visit]))) for visit, _, _ in read),
        repeated=_array(_repeated(reading) for _, reading, _ in read),
    )


def _element(reading: Reading, name: Element, reasons: dict[str, int]) -> tuple[int, int, int, int]:
    """Grade, begin and end of the first evidence, and position of the reason."""
    element = reading.elements.get(name)
    if element is None:
        return ABSENT, ABSENT, ABSENT, reasons.setdefault("", len(reasons))
    span = element.evidence[0] if element.evidence else None
    return (
        _GRADE[element.grade],
        span.start if span else ABSENT,
        span.end if span else ABSENT,
        reasons.setdefault(element.reason, len(reasons)),
    )


_GRADE: Final = {grade: place for place, grade in enumerate(GRADES)}


def _codes(lines: LineFacts, read: _Read, policy: Policy) -> NoteCodeFacts:
    rows: list[tuple[int, ...]] = []
    contents: list[tuple[int, ...]] = []
    classes: dict[str, list[int]] = {str(kind): [] for kind in ACTIVITY_CLASSES}
    of_visit: dict[int, list[int]] = {visit: [] for visit, _, _ in read}
    for line, visit in enumerate(lines.visit.tolist()):
        if visit in of_visit:
            of_visit[visit].append(line)
    for note, (visit, reading, _) in enumerate(read):
        named: dict[int, list[NoteService]] = {}
        for service in reading.services:
            if service.code:
                named.setdefault(code_number(service.code), []).append(service)
        ours: dict[int, list[int]] = {}
        for line in of_visit[visit]:
            ours.setdefault(int(lines.code[line]), []).append(line)
        done = {c for c, services in named.items() if any(s.status == PERFORMED for s in services)}
        activities = [a for a in reading.activities if a.status == PERFORMED]
        for code in [*ours, *(c for c in named if c in done and c not in ours)]:
            rows.append((visit, note, code, *_code_row(named.get(code, []), ours.get(code, []), lines)))
            told = [a for a in activities if a.code and code_number(a.code) == code]
            contents.append(_content(code, told, activities, policy))
            kinds: list[str] = [a.kind for a in told]
            for kind, column in classes.items():
                column.append(kinds.count(kind))
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)] if rows else [_array(())] * 12
    visit_, note_, code_, line_, performed, mentioned, minutes, start, end, recorded, units, count = columns
    columns = [np.array(one, dtype=np.int64) for one in zip(*contents, strict=True)] if rows else [_array(())] * 7
    told_, fitting, fitting_in_note, better, told_start, told_end, speaking_in_note = columns
    row = policy.codes.rows(code_)
    known = row >= 0
    not_counted = np.full((2, code_.size), ABSENT)
    return NoteCodeFacts(
        visit=visit_,
        line=line_,
        note=note_,
        code=code_,
        kind=np.where(known, policy.codes.kind[row], ABSENT),
        in_total=known & policy.codes.in_total[row],
        performed=performed > 0,
        mentioned=mentioned > 0,
        minutes=minutes,
        start=start,
        end=end,
        recorded_minutes=recorded,
        units=units,
        lines=count,
        classes={kind: _array(column) for kind, column in classes.items()},
        contact=np.where(known, policy.codes.contact[row], ABSENT),
        units_low=not_counted[0],
        units_high=not_counted[1],
        told=told_,
        fitting=fitting,
        fitting_in_note=fitting_in_note,
        better=better,
        told_start=told_start,
        told_end=told_end,
        speaking_in_note=speaking_in_note,
    )


def _code_row(services: list[NoteService], ours: list[int], lines: LineFacts) -> tuple[int, ...]:
    """Line, performed, mentioned, minutes, begin and end of the words, recorded minutes, units and number of lines."""
    done = [service for service in services if service.status == PERFORMED]
    start, end = next(((s.start, s.end) for s in (*done, *services)), (ABSENT, ABSENT))
    timed = [service.minutes for service in done if service.minutes is not None]
    billed = [line for line in ours if lines.billed[line]]
    recorded = [int(lines.minutes[line]) for line in ours]
    units = [int(lines.units[line]) for line in ours]
    return (
        (billed or ours or [ABSENT])[0],
        bool(done),
        bool(services),
        sum(timed) if timed else ABSENT,
        start,
        end,
        ABSENT if ABSENT in recorded or not recorded else sum(recorded),
        ABSENT if ABSENT in units else sum(units),
        len(billed),
    )


def _content(code: int, told: list[NoteActivity], everything: list[NoteActivity], policy: Policy) -> tuple[int, ...]:
    """Told under the code, fitting it, fitting it anywhere, better code, begin and end of the first told, speaking for
    it anywhere.
    """
    support = policy.support
    fits = support.fitting(code)
    speaking = [a for a in told if (speaks := support.of(a.kind)) and speaks.content]
    better = ABSENT
    if speaking:
        commonest = Counter(str(a.kind) for a in speaking).most_common(1)[0][0]
        speaks = support.of(commonest)
        if speaks and not speaks.by_name and code not in speaks.numbers:
            better = speaks.numbers[0]
    content = {speaks.kind for speaks in support if speaks.content}
    first = {speaks.kind for speaks in support if speaks.content and code in speaks.numbers}
    return (
        len(speaking),
        sum(a.kind in fits for a in speaking) if fits else ABSENT,
        sum(a.kind in fits and a.kind in content for a in everything) if fits else ABSENT,
        better,
        speaking[0].start if speaking else ABSENT,
        speaking[0].end if speaking else ABSENT,
        sum(a.kind in first for a in everything) if first else ABSENT,
    )


def _count_units(
    notes: NoteFacts, codes: NoteCodeFacts, batch: Batch, visits: VisitFacts, asked: Lookup, policy: Policy
) -> None:
    """Fill the columns of units by the kernel: of the note's minutes by code, and of its stated total alone."""
    visit, of = notes.visit, codes.note
    length = asked.parameter("cms/timed_units:minutes_per_unit")[visit]
    method = batch.term("unit_method")[visit]
    total_time = method == METHOD_TOTAL_TIME
    first = asked.parameter("cms/timed_units:first_unit_minimum")[visit]
    floor = np.where(total_time, first, asked.parameter("cms/midpoint:first_unit_minimum")[visit])
    known = (length > 0) & (first > 0) & (floor > 0) & (method >= 0)
    stated = np.flatnonzero(known & (notes.total_timed_minutes != ABSENT))
    _, (by_total, *_) = run(
        allocate,
        stated.size,
        np.arange(stated.size + 1),
        notes.total_timed_minutes[stated],
        np.full(stated.size, METHOD_TOTAL_TIME),
        np.zeros(stated.size, dtype=np.int64),
        length[stated],
        first[stated],
        fills=(stated.size,) * 5,
    )
    notes.units_stated[stated] = by_total
    pooled = codes.in_total & (policy.codes.unit_minutes[policy.codes.rows(codes.code)] == length[of])
    ours = pooled & (codes.line != ABSENT)
    undecided = np.bincount(of[ours & (codes.units == ABSENT)], minlength=visit.size) > 0
    billed = np.zeros(visit.size, dtype=np.int64)
    np.add.at(billed, of[ours], codes.units[ours])
    notes.units_billed[:] = np.where(undecided, ABSENT, billed)
    counted = pooled & (codes.minutes != ABSENT)
    lacking = np.bincount(of[(ours | (pooled & codes.performed)) & ~counted], minlength=visit.size) > 0
    whole = known & _alone(batch, visits)[visit] & ~lacking & (np.bincount(of[counted], minlength=visit.size) > 0)
    rows = np.flatnonzero(counted & whole[of])
    which = np.flatnonzero(whole)
    starts = np.searchsorted(of[rows], np.append(which, visit.size))
    _, (_, _, allowed, low, high) = run(
        allocate,
        rows.size,
        starts,
        codes.minutes[rows],
        method[which],
        batch.term("cap_units_at_total")[visit][which],
        length[which],
        floor[which],
        fills=(which.size, which.size, which.size, rows.size, rows.size),
    )
    notes.units_allowed[which] = allowed
    codes.units_low[rows], codes.units_high[rows] = low, high


def _alone(batch: Batch, visits: VisitFacts) -> NDArray[np.bool_]:
    """Which visits are the only one of their patient, day, discipline and payer."""
    groups = group(visits.patient, visits.day, visits.discipline, batch.payers)
    alone = np.zeros(visits.patient.size, dtype=np.bool_)
    alone[groups.order] = (groups.starts[1:] - groups.starts[:-1] == 1)[groups.of]
    return alone


def _activities(codes: NoteCodeFacts, read: _Read) -> NoteActivityFacts:
    line_of = dict(zip(zip(codes.visit.tolist(), codes.code.tolist(), strict=True), codes.line.tolist(), strict=True))
    rows = [
        (
            visit,
            line_of.get((visit, code_number(a.code)), ABSENT) if a.code else ABSENT,
            note,
            ACTIVITY_CLASSES.index(a.kind),
            STATUSES.index(a.status),
            code_number(a.code) if a.code else ABSENT,
            a.start,
            a.end,
        )
        for note, (visit, reading, _) in enumerate(read)
        for a in reading.activities
    ]
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)] if rows else [_array(())] * 8
    return NoteActivityFacts(*columns)


def _repeated(reading: Reading) -> int:
    """Activities done today that are told in the words of another one."""
    told = Counter(a.text.casefold().strip() for a in reading.activities if a.status == PERFORMED)
    return sum(count for count in told.values() if count > 1)


def _timed_sum(reading: Reading, policy: Policy) -> int:
    """Minutes of the performed timed services together, ABSENT where one has none or there is none."""
    return _sum(
        service.minutes
        for service in reading.services
        if service.code and service.status == PERFORMED and (card := policy.codes.card(service.code)) and card.timed
    )


def _attended_sum(reading: Reading, policy: Policy) -> int:
    """The same of the services that need somebody throughout."""
    return _sum(
        service.minutes
        for service in reading.services
        if service.code
        and service.status == PERFORMED
        and (card := policy.codes.card(service.code))
        and card.contact in _ATTENDED
        and (card.timed or not card.kind.startswith(_ACCOMPANIES))
    )


#: Add-on codes outside the day's total share the minutes of the service they go with; those inside have their own.
_ACCOMPANIES: Final = "add-on"


def _sum(minutes: Iterable[int | None]) -> int:
    total = 0
    any_at_all = False
    for value in minutes:
        if value is None:
            return ABSENT
        total, any_at_all = total + value, True
    return total if any_at_all else ABSENT


def _in_group(reading: Reading, policy: Policy) -> bool:
    """Whether a group service is named as performed."""
    return any(
        service.code and service.status == PERFORMED and code_number(service.code) in policy.support.group_codes
        for service in reading.services
    )


def _type(text: str | None) -> int:
    return NOTE_TYPES.index(text) if text in NOTE_TYPES else ABSENT


def _number(value: int | None) -> int:
    return ABSENT if value is None else value


def _span(reading: Reading) -> tuple[int, int]:
    """From when to when the visit lasted; ABSENT where the clock times are those of one service of it."""
    times = reading.times
    if any((s.begin, s.finish) == (times.start, times.stop) for s in reading.services):
        return ABSENT, ABSENT
    return _clock(times.start), _clock(times.stop)


def _clock(text: str | None) -> int:
    return ABSENT if text is None else int(Clock.parse(text))


def _array(values: Iterable[int]) -> IntArray:
    return np.array(list(values), dtype=np.int64)
