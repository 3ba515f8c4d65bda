"""XP says another practitioner, and the record names one therapist for the patient's day."""

from __future__ import annotations

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.rules.contract import Hits, Rule, chart, rows_of
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with XP where every visit of the patient that day has the same therapist."""
    visit, line = facts.visit, facts.line
    rows = rows[(line.modifiers[rows] & facts.modifiers("XP") != 0) & line.billed[rows]]
    rows = rows[visit.patient_given[line.visit[rows]] & (visit.therapist[line.visit[rows]] != ABSENT)]
    if not rows.size:
        return Hits(rows)
    theirs = rows_of(visit.patient, visit.patient[line.visit[rows]])
    order = theirs[np.lexsort((visit.therapist[theirs], visit.day[theirs], visit.patient[theirs]))]
    new = (np.diff(visit.patient[order], prepend=-1) != 0) | (np.diff(visit.day[order], prepend=-1) != 0)
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], order.size) - 1
    # Sorted by therapist within the patient's day: one therapist if the first is the last.
    one = visit.therapist[order[starts]] == visit.therapist[order[ends]]
    of = np.empty_like(visit.patient)
    of[order] = np.cumsum(new) - 1
    return Hits(rows[one[of[line.visit[rows]]]])


RULE = Rule(
    code="MOD123",
    name="separate-practitioner-modifier-with-one-therapist",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="modifier_unsupported",
    over="line",
    needs=("visit.therapist",),
    modifiers=("XP",),
    message="XP says another practitioner, but the record names one therapist for the patient's day",
    remedy=chart("Did a second therapist furnish this service? If so, who?"),
    sources=("cms-ncci-manual-2026-ch1-e",),
    find=find,
)
