"""Minutes that two services claim at once: of one patient, or of one therapist with two patients."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.engine.compiled import run
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import group
from quarterhour.engine.kernels.overlaps import find_overlaps
from quarterhour.rules.facts import LineFacts, OverlapFacts, VisitFacts

IntArray = NDArray[np.int64]


def overlap_facts(batch: Batch, visits: VisitFacts, lines: LineFacts) -> OverlapFacts:
    """Fill the overlap table."""
    table = batch.services.children["intervals"]
    line, begin, end = table.rows_of(), table["0"], table["1"]
    visit = lines.visit[line]
    patient, therapist, day = visits.patient[visit], visits.therapist[visit], visits.day[visit]
    one, two, minutes = _overlaps(line, begin, end, patient, day)
    same_patient = np.ones(one.size, dtype=np.bool_)
    if batch.count > 1:
        named = np.flatnonzero(therapist != ABSENT)
        of_therapist = _overlaps(line[named], begin[named], end[named], therapist[named], day[named])
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


def _overlaps(line: IntArray, begin: IntArray, end: IntArray, owner: IntArray, day: IntArray) -> tuple[IntArray, ...]:
    """Earlier line, later line and shared minutes of every overlap within an owner's day."""
    # By begin within the group, then by line (in whose order they come), so that the order of entry does not matter.
    order = group(owner, day, begin, end).order
    groups = group(owner[order], day[order])
    room = line.size
    while True:
        found, (hits, shared) = run(
            find_overlaps, line.size, groups.starts, begin[order], end[order], fills=(2 * room, room)
        )
        if found <= room:
            break
        room = found
    return line[order][hits[: 2 * found : 2]], line[order][hits[1 : 2 * found : 2]], shared[:found]
