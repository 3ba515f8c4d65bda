"""Which line's modifier passes a pair edit, by date of service and kind of claim."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.facts import BoolArray, Facts, IntArray

#: The dated parameters that are looked up here; rules that call this room read them.
READS = (
    "cms/ncci:pair_bypass",
    "cms/ncci:column_either_side_professional",
    "cms/ncci:column_either_side_institutional",
)


def institutional(facts: Facts, visits: IntArray) -> BoolArray:
    """Whether the visits go on an institutional claim; a visit whose kind of claim is not known meets no edit."""
    hospital: BoolArray = facts.visit.claim_type[visits] == 1
    return hospital


def passes_by_modifier(facts: Facts) -> BoolArray:
    """For every row of the pair table whether its edit takes a modifier at all (indicator 1)."""
    passes: BoolArray = facts.pair.indicator == 1
    return passes


def either_side(facts: Facts, visits: IntArray) -> BoolArray:
    """Whether the modifier may stand on either line of a pair; if not, it counts on the column 2 line alone."""
    professional = facts.parameter("cms/ncci:column_either_side_professional")[visits]
    hospital = facts.parameter("cms/ncci:column_either_side_institutional")[visits]
    either: BoolArray = np.where(institutional(facts, visits), hospital, professional) == 1
    return either


def on_column_1_only(facts: Facts, rows: IntArray) -> IntArray:
    """The pairs that a modifier on column 1 would pass, but on whose claim only one on column 2 counts."""
    pair = facts.pair
    rows = rows[passes_by_modifier(facts)[rows] & pair.bypass1[rows] & ~pair.bypass2[rows]]
    return rows[~either_side(facts, pair.visit[rows])] if rows.size else rows


def passed(facts: Facts, rows: IntArray) -> IntArray:
    """The pairs whose edit a modifier passes."""
    pair = facts.pair
    rows = rows[passes_by_modifier(facts)[rows] & (pair.bypass1[rows] | pair.bypass2[rows])]
    return rows[pair.bypass2[rows] | either_side(facts, pair.visit[rows])] if rows.size else rows
