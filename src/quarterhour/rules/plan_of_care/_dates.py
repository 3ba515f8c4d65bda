"""When the care under a plan began, and how far its certification reaches."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.facts import ABSENT, BoolArray, Facts, IntArray

#: What :func:`reaches` looks up.
READS = (
    "cms/plan_of_care:certification_period_days",
    "cms/plan_of_care:initial_certification_days",
    "cms/plan_of_care:delayed_certification_grace_days",
)


def began(facts: Facts, rows: IntArray) -> IntArray:
    """The first treatment day (the evaluation is treatment), or the day of the plan where none is recorded."""
    first = facts.visit.first_treatment[rows]
    return np.where(first == ABSENT, facts.visit.plan_established[rows], first)


def ordered(facts: Facts, rows: IntArray) -> BoolArray:
    """No certification, but a signed order on a day on which an order can stand for the initial one."""
    visit = facts.visit
    unsigned: BoolArray = (visit.certified[rows] == ABSENT) & (visit.order_signed[rows] != ABSENT)
    counts: BoolArray = facts.parameter("cms/plan_of_care:order_exception")[rows] > 0
    stands: BoolArray = unsigned & counts
    return stands


def certified_anew(facts: Facts, rows: IntArray) -> BoolArray:
    """The recorded certification is too late after the beginning to be the first one, even a delayed one."""
    latest = began(facts, rows) + _initial_days(facts, rows)
    late: BoolArray = facts.visit.certified[rows] > latest + _grace(facts, rows)
    return late


def reaches(facts: Facts, rows: IntArray) -> IntArray:
    """The last day the certification covers at the most: as recorded, but never beyond the longest period.

    The first certification covers from the first treatment, whenever it was signed; a later one from its own day.
    """
    signed, through = facts.visit.certified[rows], facts.visit.certified_through[rows]
    longest = facts.parameter("cms/plan_of_care:certification_period_days")[rows]
    start = began(facts, rows)
    own = np.where(certified_anew(facts, rows), signed, start) + longest
    return np.where(through == ABSENT, own, np.minimum(through, np.maximum(start, signed) + longest))


def _initial_days(facts: Facts, rows: IntArray) -> IntArray:
    return facts.parameter("cms/plan_of_care:initial_certification_days")[rows]


def _grace(facts: Facts, rows: IntArray) -> IntArray:
    return facts.parameter("cms/plan_of_care:delayed_certification_grace_days")[rows]
