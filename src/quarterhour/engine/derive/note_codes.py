"""What notes tell under the codes of their services, laid beside what the visits' lines have of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from quarterhour.domain.code import code_number
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.reading import ACTIVITY_CLASSES, PERFORMED, NoteActivity, NoteService, Reading
from quarterhour.engine.derive.rows import blank, columns_of, filled
from quarterhour.policy import Policy
from quarterhour.rules.facts import LineFacts
from quarterhour.rules.note_facts import NoteCodeFacts

#: A visit's place in the batch, what was read in its note, and the note.
Read = list[tuple[int, Reading, str]]


def code_facts(lines: LineFacts, read: Read, policy: Policy) -> NoteCodeFacts:
    """Fill the table of codes; how many units the minutes make is not counted yet."""
    rows: list[dict[str, int]] = []
    done_under: list[list[int]] = []
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
            done_under.append(class_counts(told))
            rows.append(
                {
                    "visit": visit,
                    "note": note,
                    "code": code,
                    **_billed(named.get(code, []), ours.get(code, []), lines),
                    **_content(code, told, activities, policy),
                    **_assisted(code, reading),
                    "units_low": ABSENT,  # counted later
                    "units_high": ABSENT,
                }
            )
    if not rows:
        return blank(NoteCodeFacts, classes=ACTIVITY_CLASSES)
    columns = columns_of(rows)
    row = policy.codes.rows(columns["code"])
    return filled(
        NoteCodeFacts,
        columns,
        kind=policy.codes.kind[row],
        in_total=policy.codes.in_total[row],
        contact=policy.codes.contact[row],
        classes=dict(zip(ACTIVITY_CLASSES, np.array(done_under).T.copy(), strict=True)),
    )


def class_counts(activities: Sequence[NoteActivity]) -> list[int]:
    """How many are of each class of ``ACTIVITY_CLASSES``."""
    kinds: list[str] = [activity.kind for activity in activities]
    return [kinds.count(kind) for kind in ACTIVITY_CLASSES]


def _billed(services: list[NoteService], ours: list[int], lines: LineFacts) -> dict[str, int]:
    """What the note's services under a code tell, and what our lines of it have, by column."""
    done = [service for service in services if service.status == PERFORMED]
    start, end = next(((s.start, s.end) for s in (*done, *services)), (ABSENT, ABSENT))
    timed = [service.minutes for service in done if service.minutes is not None]
    billed = [line for line in ours if lines.billed[line]]
    recorded = [int(lines.minutes[line]) for line in ours]
    units = [int(lines.units[line]) for line in ours]
    return {
        "line": (billed or ours or [ABSENT])[0],
        "performed": bool(done),
        "mentioned": bool(services),
        "minutes": sum(timed) if timed else ABSENT,
        "start": start,
        "end": end,
        "recorded_minutes": ABSENT if ABSENT in recorded or not recorded else sum(recorded),
        "units": ABSENT if ABSENT in units else sum(units),
        "lines": len(billed),
    }


def _assisted(code: int, reading: Reading) -> dict[str, int]:
    """What the note says of an assistant who gave the service, by column."""
    single = [told for told in reading.by_assistant if told.code]
    ours = [told for told in single if code_number(told.code or "") == code] if single else list(reading.by_assistant)
    minutes = [told.minutes for told in ours if told.minutes is not None]
    return {
        "assistant_minutes": sum(minutes) if minutes else ABSENT,
        "assistant_start": ours[0].start if ours else ABSENT,
        "assistant_end": ours[0].end if ours else ABSENT,
        "assistant_by_service": bool(single),
    }


def _content(code: int, told: list[NoteActivity], everything: list[NoteActivity], policy: Policy) -> dict[str, int]:
    """What the work told under a code, and in the whole note, says of it, by column."""
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
    return {
        "told": len(speaking),
        "fitting": sum(a.kind in fits for a in speaking) if fits else ABSENT,
        "fitting_in_note": sum(a.kind in fits and a.kind in support.content for a in everything) if fits else ABSENT,
        "better": better,
        "told_start": speaking[0].start if speaking else ABSENT,
        "told_end": speaking[0].end if speaking else ABSENT,
        "speaking_in_note": sum(a.kind in first for a in everything) if first else ABSENT,
    }
