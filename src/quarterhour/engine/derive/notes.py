"""What was read in the visits' notes, laid beside their lines."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

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
    NoteService,
    Reading,
    Span,
)
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.engine.compiled import run
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import group
from quarterhour.engine.derive.lookup import Lookup
from quarterhour.engine.derive.note_codes import Read, class_counts, code_facts
from quarterhour.engine.derive.note_words import signer, tells_minutes
from quarterhour.engine.derive.rows import blank, columns_of, filled
from quarterhour.engine.derive.settled import settled
from quarterhour.engine.kernels.units import METHOD_TOTAL_TIME, allocate
from quarterhour.policy import Policy
from quarterhour.rules.facts import NOTE_TYPES, LineFacts, VisitFacts
from quarterhour.rules.note_facts import TREATMENTS, NoteActivityFacts, NoteCodeFacts, NoteFacts

IntArray = NDArray[np.int64]
#: Contacts of services that can share no minute of one patient's.
_ATTENDED: Final = ("one-on-one", "constant-attendance", "group")

#: Columns of notes that :func:`_count_units` fills.
_COUNTED_LATER: Final = ("units_billed", "units_allowed", "units_stated")


class NoteTables(NamedTuple):
    """The three tables of notes, the reader's reasons by position, and the notes as they were settled."""

    notes: NoteFacts
    codes: NoteCodeFacts
    activities: NoteActivityFacts
    reasons: tuple[str, ...]
    read: Read


def note_facts(
    batch: Batch,
    visits: VisitFacts,
    lines: LineFacts,
    readings: Sequence[Reading | None],
    asked: Lookup,
    policy: Policy,
) -> NoteTables:
    """Fill the three tables of notes; ``readings`` are none at all, or one (or None) for every visit."""
    if not any(reading is not None for reading in readings):
        return _empty()
    texts = batch.visits.columns["note.text"]
    read: Read = []
    for visit, reading in enumerate(readings):
        if reading is not None:
            text = batch.text(int(texts[visit])) or ""
            read.append((visit, settled(reading, text, policy), text))
    reasons: dict[str, int] = {}
    notes = _notes(batch, read, reasons, policy)
    codes = code_facts(lines, read, policy)
    _count_units(notes, codes, batch, visits, asked, policy)
    return NoteTables(notes, codes, _activities(codes, read), tuple(reasons), read)


@functools.cache
def _empty() -> NoteTables:
    return NoteTables(
        blank(NoteFacts, grades=ELEMENTS, starts=ELEMENTS, ends=ELEMENTS, reasons=ELEMENTS, performed=ACTIVITY_CLASSES),
        blank(NoteCodeFacts, classes=ACTIVITY_CLASSES),
        blank(NoteActivityFacts),
        (),
        [],
    )


def _notes(batch: Batch, read: Read, reasons: dict[str, int], policy: Policy) -> NoteFacts:
    standing = policy.providers.column("standing")
    types, signers = batch.visits.columns["note.type"], batch.visits.columns["note.signed_by"]
    graded, done, rows = [], [], []
    for visit, reading, text in read:
        by = signer(reading, text, policy, recorded=batch.text(int(signers[visit])) or "")
        graded.append([_element(reading, name, reasons) for name in ELEMENTS])
        done.append(class_counts([activity for activity in reading.activities if activity.status == PERFORMED]))
        rows.append(
            {
                "visit": visit,
                "line": ABSENT,  # a note is of the whole visit
                "type": _type(batch.text(int(types[visit]))),
                "signer": by,
                "signer_standing": standing[by] if by >= 0 else ABSENT,
                **_told(reading, text, policy),
                **dict.fromkeys(_COUNTED_LATER, ABSENT),
            }
        )
    grades, starts, ends, why = np.array(graded).transpose(2, 1, 0).copy()
    return filled(
        NoteFacts,
        columns_of(rows),
        grades=dict(zip(ELEMENTS, grades, strict=True)),
        starts=dict(zip(ELEMENTS, starts, strict=True)),
        ends=dict(zip(ELEMENTS, ends, strict=True)),
        reasons=dict(zip(ELEMENTS, why, strict=True)),
        performed=dict(zip(ACTIVITY_CLASSES, np.array(done).T.copy(), strict=True)),
    )


def _told(reading: Reading, text: str, policy: Policy) -> dict[str, int]:
    """What the note says as a whole, by column."""
    times = reading.times
    done = [service for service in reading.services if service.status == PERFORMED]
    begin, end = _span(reading)
    service_minutes, attended_minutes = _sums(done, policy)
    headed = reading.headed_day
    headed_start, headed_end = _first((headed,) if headed else ())
    aide_start, aide_end = _first(reading.by_aide)
    untreated_start, untreated_end = _first(reading.untreated)
    group_start, group_end = _first(reading.together)
    return {
        "total_timed_minutes": _number(times.total_timed_minutes),
        "total_treatment_minutes": _number(times.total_treatment_minutes),
        "begin": begin,
        "end": end,
        "service_minutes": service_minutes,
        "attended_minutes": attended_minutes,
        "services": len(done),
        "treatment": _treatment(reading, policy),
        "minutes_told": tells_minutes(text),
        "group_service": policy.support.names_group(reading),
        "discipline": DISCIPLINES.index(reading.discipline) + 1 if reading.discipline else 0,
        "day": reading.named_day.toordinal() if reading.named_day else ABSENT,
        "headed_day": headed.day.toordinal() if headed else ABSENT,
        "headed_start": headed_start,
        "headed_end": headed_end,
        "aide_start": aide_start,
        "aide_end": aide_end,
        "untreated_start": untreated_start,
        "untreated_end": untreated_end,
        "group_start": group_start,
        "group_end": group_end,
        "one_on_one": bool(reading.alone),
        "repeated": _repeated(reading),
    }


def _treatment(reading: Reading, policy: Policy) -> int:
    """Whether work done today is a treatment, and one of timed codes alone, as ``NoteFacts.treatment`` has it."""
    kinds = {activity.kind for activity in reading.activities if activity.status == PERFORMED}
    speaking = [speaks for kind in kinds if (speaks := policy.support.of(kind)) and speaks.content]
    cards = [policy.codes.card(code) for speaks in speaking for code in speaks.codes]
    if not speaking:
        return TREATMENTS.index("none")
    return TREATMENTS.index("timed" if all(card and card.timed for card in cards) else "some")


def _first(spans: Sequence[Span | DayTold]) -> tuple[int, int]:
    """Begin and end of the first, ABSENT where there is none."""
    return (spans[0].start, spans[0].end) if spans else (ABSENT, ABSENT)


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


def _activities(codes: NoteCodeFacts, read: Read) -> NoteActivityFacts:
    line_of = dict(zip(zip(codes.visit.tolist(), codes.code.tolist(), strict=True), codes.line.tolist(), strict=True))
    rows = [
        {
            "visit": visit,
            "line": line_of.get((visit, code_number(a.code)), ABSENT) if a.code else ABSENT,
            "note": note,
            "kind": ACTIVITY_CLASSES.index(a.kind),
            "status": STATUSES.index(a.status),
            "code": code_number(a.code) if a.code else ABSENT,
            "start": a.start,
            "end": a.end,
        }
        for note, (visit, reading, _) in enumerate(read)
        for a in reading.activities
    ]
    return filled(NoteActivityFacts, columns_of(rows)) if rows else blank(NoteActivityFacts)


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
