"""Minutes that two services claim at once: of one patient, or of one therapist with two patients."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.engine.compiled import first_room, run
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import group, numbered, runs
from quarterhour.engine.kernels.overlaps import find_overlaps
from quarterhour.rules.facts import LineFacts, OverlapFacts, VisitFacts

IntArray = NDArray[np.int64]


def overlap_facts(batch: Batch, patient_day: IntArray, visits: VisitFacts, lines: LineFacts) -> OverlapFacts:
    """Fill the overlap table. ``patient_day`` is the same number for every visit of a patient on a day."""
    table = batch.services.children["intervals"]
    line, begin, end = table.rows_of(), table["0"], table["1"]
    visit = lines.visit[line]
    one, two, minutes = _overlaps(line, begin, end, patient_day[visit])
    same_patient = np.ones(one.size, dtype=np.bool_)
    if batch.count > 1:
        therapist_day = numbered(visits.therapist, visits.day)[visit]
        named = visits.therapist[visit] != ABSENT
        if not named.all():
            line, begin, end, therapist_day = line[named], begin[named], end[named], therapist_day[named]
        of_therapist = _overlaps(line, begin, end, therapist_day)
        # Those within one patient came out of the first search.
        others = _patients(visits, lines, of_therapist[0]) != _patients(visits, lines, of_therapist[1])
        one, two, minutes = (
            np.concatenate((mine, theirs[others]))
            for mine, theirs in zip((one, two, minutes), of_therapist, strict=True)
        )
        same_patient = np.append(same_patient, np.zeros(one.size - same_patient.size, dtype=np.bool_))
    first, second = visits.therapist[lines.visit[one]], visits.therapist[lines.visit[two]]
    return OverlapFacts(
        visit=lines.visit[two],
        line=two,
        other_line=one,
        other_code=lines.code[one],
        minutes=minutes,
        same_patient=same_patient,
        same_therapist=(first == second) & (first != ABSENT),
    )


def _patients(visits: VisitFacts, lines: LineFacts, line: IntArray) -> IntArray:
    patients: IntArray = visits.patient[lines.visit[line]]
    return patients


def _overlaps(line: IntArray, begin: IntArray, end: IntArray, owner_day: IntArray) -> tuple[IntArray, ...]:
    """Earlier line, later line and shared minutes of every overlap within an owner's day."""
    # By begin within the group, then by line (in whose order they come), so that the order of entry does not matter.
    order = group(owner_day, begin, end).order
    days = runs(owner_day[order])
    room = first_room(line.size)
    while True:
        found, (hits, shared) = run(
            find_overlaps, line.size, days.starts, begin[order], end[order], fills=(2 * room, room)
        )
        if found <= room:
            break
        room = found
    return line[order[hits[: 2 * found : 2]]], line[order[hits[1 : 2 * found : 2]]], shared[:found]
