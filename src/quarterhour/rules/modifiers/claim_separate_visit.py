"""XE says a separate visit on the same day, and the record has one visit of the patient that day."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, chart, rows_of
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with XE of a patient's only visit that day, without clock times that could show two of them."""
    visit, line = facts.visit, facts.line
    rows = rows[(line.modifiers[rows] & facts.modifiers("XE") != 0) & line.billed[rows]]
    rows = rows[(line.intervals[rows] == 0) & visit.patient_given[line.visit[rows]]]
    if not rows.size:
        return Hits(rows)
    # Two disciplines on one day are two visits, so the patient's day is counted across them.
    theirs = rows_of(visit.patient, visit.patient[line.visit[rows]])
    order = theirs[np.lexsort((visit.day[theirs], visit.patient[theirs]))]
    new = (np.diff(visit.patient[order], prepend=-1) != 0) | (np.diff(visit.day[order], prepend=-1) != 0)
    of = np.empty_like(visit.patient)
    of[order] = np.cumsum(new) - 1
    return Hits(rows[np.bincount(of[order])[of[line.visit[rows]]] == 1])


RULE = Rule(
    code="MOD122",
    name="separate-encounter-modifier-in-one-visit",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="modifier_unsupported",
    over="line",
    modifiers=("XE",),
    message="XE says a separate visit, but the record has one visit of the patient that day and no clock times",
    remedy=chart("Did the patient come twice that day? If so, when did each of the two begin and end?"),
    sources=("cms-ncci-manual-2026-ch1-e",),
    find=find,
)
