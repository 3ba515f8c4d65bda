"""Minutes that two services claim at once by the clock times their notes tell, where the record has no times itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from quarterhour.domain.clock import Clock
from quarterhour.domain.code import code_number
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.reading import PERFORMED, Reading
from quarterhour.engine.derive.note_codes import Read
from quarterhour.engine.derive.rows import blank, columns_of, filled
from quarterhour.rules.facts import IntArray, LineFacts, VisitFacts
from quarterhour.rules.note_facts import NoteOverlapFacts

#: Begin and end in minutes after midnight.
_Stretch = tuple[int, int]


class _Timed(NamedTuple):
    """A line with the times and minutes its note gives its code, and where the note names it."""

    line: int
    times: list[_Stretch]
    minutes: int
    start: int
    end: int


def note_overlap_facts(visits: VisitFacts, lines: LineFacts, patient_day: IntArray, read: Read) -> NoteOverlapFacts:
    """Fill the table. ``patient_day`` is the same number for every visit of a patient on a day."""
    of_visit: dict[int, list[int]] = {visit: [] for visit, _, _ in read}
    for line, visit in enumerate(lines.visit.tolist()):
        if visit in of_visit:
            of_visit[visit].append(line)
    rows: list[dict[str, int]] = []
    for note, (visit, reading, _) in enumerate(read):
        rows += [row | {"visit": visit, "note": note} for row in _within(reading, of_visit[visit], lines)]
    rows += _joint(visits, lines, patient_day, read, of_visit)
    return filled(NoteOverlapFacts, columns_of(rows)) if rows else blank(NoteOverlapFacts)


def _within(reading: Reading, ours: Sequence[int], lines: LineFacts) -> Iterator[dict[str, int]]:
    """Rows of one note: every two of its billed codes whose told times meet."""
    for one, two in combinations(_timed(reading, ours, lines), 2):
        twice = _twice(one.minutes, one.times, two.minutes, two.times)
        if twice:
            yield {
                "line": two.line,
                "other_line": one.line,
                "joint": False,
                "other_discipline": 0,
                "told_twice": twice,
                "start": two.start,
                "end": two.end,
                "other_start": one.start,
                "other_end": one.end,
            }


def _timed(reading: Reading, ours: Sequence[int], lines: LineFacts) -> list[_Timed]:
    """The billed codes of which the note gives every service its times and the record has none, each once."""
    if sum(1 for told in reading.services if told.begin and told.finish) <= 1:
        return []
    found: list[_Timed] = []
    for code in dict.fromkeys(lines.code[list(ours)].tolist()):
        own = [line for line in ours if lines.code[line] == code and lines.billed[line]]
        told = [s for s in reading.services if s.code and s.status == PERFORMED and code_number(s.code) == code]
        times = [_stretch(s.begin, s.finish) for s in told]
        if not own or not told or None in times or any(lines.intervals[line] for line in own):
            continue
        known = [stretch for stretch in times if stretch is not None]
        minutes = [
            _length([stretch]) if s.minutes is None else s.minutes for s, stretch in zip(told, known, strict=True)
        ]
        recorded = [int(lines.minutes[line]) for line in own]
        claimed = sum(minutes) if ABSENT in recorded else min(sum(minutes), sum(recorded))
        found.append(_Timed(own[0], known, claimed, told[0].start, told[0].end))
    return found


def _joint(
    visits: VisitFacts, lines: LineFacts, patient_day: IntArray, read: Read, of_visit: dict[int, list[int]]
) -> Iterator[dict[str, int]]:
    """Rows of co-treatments, each pair of visits once: at the later of them. A pair both of whose records have clock
    times is told by these.
    """
    if not any(reading.joint for _, reading, _ in read):
        return
    timed = set(lines.visit[lines.intervals > 0].tolist())
    span = {visit: _span(reading) for visit, reading, _ in read}
    told = {visit for visit, reading, _ in read if reading.joint}
    days, disciplines = patient_day.tolist(), visits.discipline.tolist()
    of_day: dict[int, list[int]] = {}
    for visit in of_visit:
        of_day.setdefault(days[visit], []).append(visit)
    for note, (visit, reading, _) in enumerate(read):
        others = [other for other in of_day[days[visit]] if disciplines[other] != disciplines[visit]]
        for other in others or ([ABSENT] if visit in told else []):
            if other > visit or (other != ABSENT and (not {visit, other} & told or {visit, other} <= timed)):
                continue
            place = reading.joint[0] if reading.joint else None
            yield {
                "line": ABSENT,
                "other_line": ABSENT,
                "joint": True,
                "other_discipline": int(visits.discipline[other]) if other != ABSENT else 0,
                "told_twice": _both(visit, other, span, visits) if other != ABSENT else ABSENT,
                "start": place.start if place else ABSENT,
                "end": place.end if place else ABSENT,
                "other_start": ABSENT,
                "other_end": ABSENT,
                "visit": visit,
                "note": note,
            }


def _both(one: int, two: int, span: dict[int, _Stretch | None], visits: VisitFacts) -> int:
    """Timed minutes of two visits beyond those their times hold; ABSENT where times or minutes are not told."""
    first, second = span[one], span[two]
    minutes = int(visits.timed_minutes[one]), int(visits.timed_minutes[two])
    if first is None or second is None or ABSENT in minutes:
        return ABSENT
    return _twice(minutes[0], [first], minutes[1], [second])


def _span(reading: Reading) -> _Stretch | None:
    """From when to when the visit lasted, by its own times or those of its services."""
    stretches = [_stretch(reading.times.start, reading.times.stop)]
    if stretches == [None]:
        stretches = [_stretch(s.begin, s.finish) for s in reading.services if s.status == PERFORMED]
    known = [stretch for stretch in stretches if stretch is not None]
    return (min(begin for begin, _ in known), max(end for _, end in known)) if known else None


def _stretch(begin: str | None, finish: str | None) -> _Stretch | None:
    if begin is None or finish is None:
        return None
    first, last = int(Clock.parse(begin)), int(Clock.parse(finish))
    return (first, last) if first < last else None


def _twice(one: int, first: Sequence[_Stretch], two: int, second: Sequence[_Stretch]) -> int:
    """Minutes claimed beyond those the times hold: two services may take turns within one stretch of time."""
    held = _length([*first, *second])
    shared = _length(first) + _length(second) - held
    return max(0, min(one + two - held, shared))


def _length(stretches: Sequence[_Stretch]) -> int:
    """Minutes in which one of the stretches runs."""
    total, reached = 0, 0
    for begin, end in sorted(stretches):
        total += max(0, end - max(begin, reached))
        reached = max(reached, end)
    return total
