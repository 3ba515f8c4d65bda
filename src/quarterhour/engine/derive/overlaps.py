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
    of_patient = _overlaps(line, begin, end, visits.patient[visit], visits.day[visit])
    named = np.flatnonzero(visits.therapist[visit] != ABSENT)
    of_therapist = _overlaps(
        line[named], begin[named], end[named], visits.therapist[visit[named]], visits.day[visit[named]]
    )
    one, two = (np.concatenate(sides) for sides in zip(of_patient[:2], of_therapist[:2], strict=True))
    minutes = np.concatenate((of_patient[2], of_therapist[2]))
    same_patient = visits.patient[lines.visit[one]] == visits.patient[lines.visit[two]]
    same_therapist = (visits.therapist[lines.visit[one]] == visits.therapist[lines.visit[two]]) & (
        visits.therapist[lines.visit[one]] != ABSENT
    )
    # An overlap within one patient came out of both searches where the therapist is named; keep the first.
    keep = np.append(np.ones(of_patient[0].size, dtype=np.bool_), ~same_patient[of_patient[0].size :])
    return OverlapFacts(
        visit=lines.visit[two[keep]],
        line=two[keep],
        other_line=one[keep],
        other_code=lines.code[one[keep]],
        minutes=minutes[keep],
        same_patient=same_patient[keep],
        same_therapist=same_therapist[keep],
    )


def _overlaps(line: IntArray, begin: IntArray, end: IntArray, owner: IntArray, day: IntArray) -> tuple[IntArray, ...]:
    """Earlier line, later line and shared minutes of every overlap within an owner's day."""
    groups = group(owner, day)
    # By begin within the group, then by line, so that the order of entry does not matter.
    order = group(owner, day, begin, end, line).order
    room = line.size
    while True:
        found, (hits, shared) = run(
            find_overlaps, line.size, groups.starts, begin[order], end[order], fills=(2 * room, room)
        )
        if found <= room:
            break
        room = found
    return line[order][hits[: 2 * found : 2]], line[order][hits[1 : 2 * found : 2]], shared[:found]
