"""What was read in the visits' notes, laid beside their lines."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

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
    DayTold,
    Element,
    NoteActivity,
    NoteService,
    Reading,
    Span,
)
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.engine.compiled import run
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.blank import blank
from quarterhour.engine.derive.groups import group
from quarterhour.engine.derive.lookup import Lookup
from quarterhour.engine.derive.note_words import signer
from quarterhour.engine.derive.settled import settled
from quarterhour.engine.kernels.units import METHOD_TOTAL_TIME, allocate
from quarterhour.policy import Policy
from quarterhour.rules.facts import NOTE_TYPES, LineFacts, VisitFacts
from quarterhour.rules.note_facts import NoteActivityFacts, NoteCodeFacts, NoteFacts

IntArray = NDArray[np.int64]
#: Contacts of services that can share no minute of one patient's.
_ATTENDED: Final = ("one-on-one", "constant-attendance", "group")
_Tables = tuple[NoteFacts, NoteCodeFacts, NoteActivityFacts, tuple[str, ...]]
#: Line, units billed, allowed and stated before they are counted.
_NOT_COUNTED: Final = (ABSENT,) * 4
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
    return (
        blank(NoteFacts, grades=ELEMENTS, starts=ELEMENTS, ends=ELEMENTS, reasons=ELEMENTS, performed=ACTIVITY_CLASSES),
        blank(NoteCodeFacts, classes=ACTIVITY_CLASSES),
        blank(NoteActivityFacts),
        (),
    )


def _notes(batch: Batch, read: _Read, reasons: dict[str, int], policy: Policy) -> NoteFacts:
    types, signers = batch.visits.columns["note.type"], batch.visits.columns["note.signed_by"]
    rows = []
    for visit, reading, text in read:
        recorded = batch.text(int(signers[visit])) or ""
        elements = [_element(reading, name, reasons) for name in ELEMENTS]
        done: list[str] = [activity.kind for activity in reading.activities if activity.status == PERFORMED]
        rows.append(
            [
                *chain.from_iterable(zip(*elements, strict=True)),
                *(done.count(kind) for kind in ACTIVITY_CLASSES),
                visit,
                _type(batch.text(int(types[visit]))),
                signer(reading, text, policy, recorded=recorded),
                *_note_row(reading, text, policy),
            ]
        )
    columns = iter(_columns(rows))
    return NoteFacts(
        grades=dict(zip(ELEMENTS, columns, strict=False)),
        starts=dict(zip(ELEMENTS, columns, strict=False)),
        ends=dict(zip(ELEMENTS, columns, strict=False)),
        reasons=dict(zip(ELEMENTS, columns, strict=False)),
        performed=dict(zip(ACTIVITY_CLASSES, columns, strict=False)),
        visit=next(columns),
        type=next(columns),
        signer=next(columns),
        total_timed_minutes=next(columns),
        total_treatment_minutes=next(columns),
        begin=next(columns),
        end=next(columns),
        service_minutes=next(columns),
        attended_minutes=next(columns),
        services=next(columns),
        group_service=next(columns) > 0,
        discipline=next(columns),
        day=next(columns),
        headed_day=next(columns),
        headed_start=next(columns),
        headed_end=next(columns),
        aide_start=next(columns),
        aide_end=next(columns),
        untreated_start=next(columns),
        untreated_end=next(columns),
        group_start=next(columns),
        group_end=next(columns),
        one_on_one=next(columns) > 0,
        repeated=next(columns),
        line=next(columns),
        units_billed=next(columns),
        units_allowed=next(columns),
        units_stated=next(columns),
    )


def _note_row(reading: Reading, text: str, policy: Policy) -> tuple[int, ...]:
    """What the note says as a whole, in the order in which :func:`_notes` takes it."""
    times = reading.times
    headed = reading.headed_day
    done = [service for service in reading.services if service.status == PERFORMED]
    return (
        _number(times.total_timed_minutes),
        _number(times.total_treatment_minutes),
        *_span(reading),
        *_sums(done, policy),
        len(done),
        any(service.code and code_number(service.code) in policy.support.group_codes for service in done),
        DISCIPLINES.index(reading.discipline) + 1 if reading.discipline else 0,
        reading.named_day.toordinal() if reading.named_day else ABSENT,
        headed.day.toordinal() if headed else ABSENT,
        *_first((headed,) if headed else ()),
        *_first(reading.by_aide),
        *_first(reading.untreated),
        *_first(reading.together),
        bool(reading.alone),
        _repeated(reading),
        *_NOT_COUNTED,
    )


def _first(spans: Sequence[Span | DayTold]) -> tuple[int, int]:
    """Begin and end of the first, ABSENT where there is none."""
    return (spans[0].start, spans[0].end) if spans else (ABSENT, ABSENT)


def _columns(rows: Sequence[Sequence[int]]) -> Iterable[IntArray]:
    """Rows, of which there is one, as columns."""
    return np.array(rows, dtype=np.int64).T.copy()


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
    rows: list[list[int]] = []
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
            told = [a for a in activities if a.code and code_number(a.code) == code]
            kinds: list[str] = [a.kind for a in told]
            rows.append(
                [
                    *(kinds.count(kind) for kind in ACTIVITY_CLASSES),
                    visit,
                    note,
                    code,
                    *_code_row(named.get(code, []), ours.get(code, []), lines),
                    *_content(code, told, activities, policy),
                    *_NOT_COUNTED[:2],
                ]
            )
    if not rows:
        return blank(NoteCodeFacts, classes=ACTIVITY_CLASSES)
    columns = iter(_columns(rows))
    classes = dict(zip(ACTIVITY_CLASSES, columns, strict=False))
    visit_, note_, code_ = next(columns), next(columns), next(columns)
    row = policy.codes.rows(code_)
    return NoteCodeFacts(
        visit=visit_,
        note=note_,
        code=code_,
        kind=policy.codes.kind[row],
        in_total=policy.codes.in_total[row],
        contact=policy.codes.contact[row],
        classes=classes,
        line=next(columns),
        performed=next(columns) > 0,
        mentioned=next(columns) > 0,
        minutes=next(columns),
        start=next(columns),
        end=next(columns),
        recorded_minutes=next(columns),
        units=next(columns),
        lines=next(columns),
        told=next(columns),
        fitting=next(columns),
        fitting_in_note=next(columns),
        better=next(columns),
        told_start=next(columns),
        told_end=next(columns),
        speaking_in_note=next(columns),
        units_low=next(columns),
        units_high=next(columns),
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
    first = support.speaking(code)
    return (
        len(speaking),
        sum(a.kind in fits for a in speaking) if fits else ABSENT,
        sum(a.kind in fits and a.kind in support.content for a in everything) if fits else ABSENT,
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
    stated = (known & (notes.total_timed_minutes != ABSENT)).nonzero()[0]
    if stated.size:
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
    if not counted.any():
        return
    lacking = np.bincount(of[(ours | (pooled & codes.performed)) & ~counted], minlength=visit.size) > 0
    whole = known & _alone(batch, visits)[visit] & ~lacking & (np.bincount(of[counted], minlength=visit.size) > 0)
    rows = (counted & whole[of]).nonzero()[0]
    if not rows.size:
        return
    which = whole.nonzero()[0]
    _, (_, _, allowed, low, high) = run(
        allocate,
        rows.size,
        np.searchsorted(of[rows], np.append(which, visit.size)),
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
    if batch.count == 1:
        return np.ones(1, dtype=np.bool_)
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
    return NoteActivityFacts(*_columns(rows)) if rows else blank(NoteActivityFacts)


def _repeated(reading: Reading) -> int:
    """Activities done today that are told in the words of another one."""
    told = Counter(a.text.casefold().strip() for a in reading.activities if a.status == PERFORMED)
    return sum(count for count in told.values() if count > 1)


def _sums(done: list[NoteService], policy: Policy) -> tuple[int, int]:
    """Minutes of the performed timed services together, and of those that need somebody throughout.

    ABSENT where one has none or there is none.
    """
    timed, attended = [], []
    for service in done:
        card = policy.codes.card(service.code) if service.code else None
        if card is None:
            continue
        if card.timed:
            timed.append(service.minutes)
        if card.contact in _ATTENDED and (card.timed or not card.kind.startswith(_ACCOMPANIES)):
            attended.append(service.minutes)
    return _sum(timed), _sum(attended)


#: Add-on codes outside the day's total share the minutes of the service they go with; those inside have their own.
_ACCOMPANIES: Final = "add-on"


def _sum(minutes: list[int | None]) -> int:
    known = [one for one in minutes if one is not None]
    return sum(known) if known and len(known) == len(minutes) else ABSENT


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
