"""What the rules of units in notes share: whether the record's own minutes already say the same."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.facts import ABSENT, BoolArray, Facts, IntArray


def record_allows(facts: Facts, notes: IntArray) -> IntArray:
    """Timed units that the record's minutes of the visit's day support, ABSENT where that is not known."""
    day, visit = facts.day, facts.note.visit[notes]
    allowed = np.full(facts.visit.visit.size, ABSENT)
    allowed[day.visit] = np.where(day.visits == 1, day.units_allowed, ABSENT)
    return allowed[visit]


def within_record(facts: Facts, notes: IntArray) -> BoolArray:
    """Whether the units billed are none too many by the record's own minutes, or those do not say."""
    allowed = record_allows(facts, notes)
    fits: BoolArray = (allowed == ABSENT) | (facts.note.units_billed[notes] <= allowed)
    return fits
