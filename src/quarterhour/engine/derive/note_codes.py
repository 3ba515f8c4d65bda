"""What notes tell under the codes of their services, laid beside what the visits' lines have of them."""

from __future__ import annotations

from collections import Counter
from typing import Final

from quarterhour.domain.code import code_number
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.reading import ACTIVITY_CLASSES, PERFORMED, NoteActivity, NoteService, Reading
from quarterhour.engine.derive.rows import blank, columns_of
from quarterhour.policy import Policy
from quarterhour.rules.facts import LineFacts
from quarterhour.rules.note_facts import NoteCodeFacts

#: A visit's place in the batch, what was read in its note, and the note.
Read = list[tuple[int, Reading, str]]
#: Fewest and most units before they are counted.
_NOT_COUNTED: Final = (ABSENT, ABSENT)


def code_facts(lines: LineFacts, read: Read, policy: Policy) -> NoteCodeFacts:
    """Fill the table of codes; how many units the minutes make is not counted yet."""
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
                    *_row(named.get(code, []), ours.get(code, []), lines),
                    *_content(code, told, activities, policy),
                    *_NOT_COUNTED,
                ]
            )
    if not rows:
        return blank(NoteCodeFacts, classes=ACTIVITY_CLASSES)
    columns = iter(columns_of(rows))
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


def _row(services: list[NoteService], ours: list[int], lines: LineFacts) -> tuple[int, ...]:
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
