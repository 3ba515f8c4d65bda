"""What was read in the visits' notes, laid beside their lines."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.clock import Clock
from quarterhour.domain.code import code_number
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.reading import ACTIVITY_CLASSES, ELEMENTS, GRADES, STATUSES, NoteService, Reading
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.engine.derive.batch import Batch
from quarterhour.policy import Policy
from quarterhour.rules.facts import LineFacts, NoteActivityFacts, NoteCodeFacts, NoteFacts

IntArray = NDArray[np.int64]
_PERFORMED: Final = "performed"
_Tables = tuple[NoteFacts, NoteCodeFacts, NoteActivityFacts, tuple[str, ...]]


def note_facts(batch: Batch, lines: LineFacts, readings: Sequence[Reading | None], policy: Policy) -> _Tables:
    """Fill the three tables of notes; ``readings`` are none at all, or one (or None) for every visit."""
    read = [(visit, reading) for visit, reading in enumerate(readings) if reading is not None]
    if not read:
        return _empty()
    reasons: dict[str, int] = {}
    notes = _notes(batch, read, reasons, policy)
    codes = _codes(lines, read, policy)
    return notes, codes, _activities(codes, read), tuple(reasons)


@functools.cache
def _empty() -> _Tables:
    no, none = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
    elements, classes = dict.fromkeys(ELEMENTS, no), dict.fromkeys(ACTIVITY_CLASSES, no)
    return (
        NoteFacts(no, no, elements, elements, elements, elements, classes, no, no, no, no, no, no, no, no),
        NoteCodeFacts(no, no, no, no, no, none, none, none, no, no, no, no, no, no, classes),
        NoteActivityFacts(no, no, no, no, no, no, no, no),
        (),
    )


def _notes(batch: Batch, read: list[tuple[int, Reading]], reasons: dict[str, int], policy: Policy) -> NoteFacts:
    elements = {name: [_element(reading, name, reasons) for _, reading in read] for name in ELEMENTS}
    grades, starts, ends, why = (
        {name: _array(row[part] for row in rows) for name, rows in elements.items()} for part in range(4)
    )
    done: list[list[str]] = [[a.kind for a in reading.activities if a.status == _PERFORMED] for _, reading in read]
    times = [reading.times for _, reading in read]
    texts = batch.columns.texts.values
    positions = batch.visits.columns["note.text"]
    return NoteFacts(
        visit=_array(visit for visit, _ in read),
        line=np.full(len(read), ABSENT),
        grades=grades,
        starts=starts,
        ends=ends,
        reasons=why,
        performed={kind: _array(kinds.count(kind) for kinds in done) for kind in ACTIVITY_CLASSES},
        total_timed_minutes=_array(_number(t.total_timed_minutes) for t in times),
        total_treatment_minutes=_array(_number(t.total_treatment_minutes) for t in times),
        begin=_array(_clock(t.start) for t in times),
        end=_array(_clock(t.stop) for t in times),
        service_minutes=_array(_timed_sum(reading, policy) for _, reading in read),
        services=_array(sum(s.status == _PERFORMED for s in reading.services) for _, reading in read),
        discipline=_array(DISCIPLINES.index(r.discipline) + 1 if r.discipline else 0 for _, r in read),
        characters=_array(len(texts[positions[visit]]) if positions[visit] != ABSENT else 0 for visit, _ in read),
    )


def _element(reading: Reading, name: str, reasons: dict[str, int]) -> tuple[int, int, int, int]:
    """Grade, begin and end of the first evidence, and position of the reason."""
    element = next((one for key, one in reading.elements.items() if key == name), None)
    if element is None:
        return ABSENT, ABSENT, ABSENT, reasons.setdefault("", len(reasons))
    span = element.evidence[0] if element.evidence else None
    return (
        GRADES.index(element.grade),
        span.start if span else ABSENT,
        span.end if span else ABSENT,
        reasons.setdefault(element.reason, len(reasons)),
    )


def _codes(lines: LineFacts, read: list[tuple[int, Reading]], policy: Policy) -> NoteCodeFacts:
    rows: list[tuple[int, ...]] = []
    classes: dict[str, list[int]] = {str(kind): [] for kind in ACTIVITY_CLASSES}
    of_visit: dict[int, list[int]] = {visit: [] for visit, _ in read}
    for line, visit in enumerate(lines.visit.tolist()):
        if visit in of_visit:
            of_visit[visit].append(line)
    for note, (visit, reading) in enumerate(read):
        named: dict[int, list[NoteService]] = {}
        for service in reading.services:
            if service.code:
                named.setdefault(code_number(service.code), []).append(service)
        ours: dict[int, list[int]] = {}
        for line in of_visit[visit]:
            ours.setdefault(int(lines.code[line]), []).append(line)
        done = {c for c, services in named.items() if any(s.status == _PERFORMED for s in services)}
        for code in [*ours, *(c for c in named if c in done and c not in ours)]:
            rows.append((visit, note, code, *_code_row(named.get(code, []), ours.get(code, []), lines)))
            told: list[str] = [
                a.kind for a in reading.activities if a.status == _PERFORMED and a.code and code_number(a.code) == code
            ]
            for kind, column in classes.items():
                column.append(told.count(kind))
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)] if rows else [_array(())] * 12
    visit_, note_, code_, line_, performed, mentioned, minutes, start, end, recorded, units, count = columns
    row = policy.codes.rows(code_)
    known = row >= 0
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
    )


def _code_row(services: list[NoteService], ours: list[int], lines: LineFacts) -> tuple[int, ...]:
    """Line, performed, mentioned, minutes, begin and end of the words, recorded minutes, units and number of lines."""
    done = [service for service in services if service.status == _PERFORMED]
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


def _activities(codes: NoteCodeFacts, read: list[tuple[int, Reading]]) -> NoteActivityFacts:
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
        for note, (visit, reading) in enumerate(read)
        for a in reading.activities
    ]
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)] if rows else [_array(())] * 8
    return NoteActivityFacts(*columns)


def _timed_sum(reading: Reading, policy: Policy) -> int:
    """Minutes of the performed timed services together, ABSENT where one has none or there is none."""
    timed = []
    for service in reading.services:
        card = policy.codes.card(service.code) if service.code and service.status == _PERFORMED else None
        if card and card.timed:
            timed.append(service.minutes)
    return ABSENT if not timed or None in timed else sum(minutes for minutes in timed if minutes is not None)


def _number(value: int | None) -> int:
    return ABSENT if value is None else value


def _clock(text: str | None) -> int:
    return ABSENT if text is None else int(Clock.parse(text))


def _array(values: Iterable[int]) -> IntArray:
    return np.array(list(values), dtype=np.int64)
