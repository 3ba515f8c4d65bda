"""What the rules of the yearly threshold share: which amount counts for a visit, and which lines it concerns."""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.policy.codes import DESIGNATIONS
from quarterhour.rules.facts import OCCUPATIONAL, BoolArray, Facts, IntArray

_NOT_THERAPY: Final = DESIGNATIONS.index("none")
#: Physical therapy and speech-language pathology share one amount; occupational therapy has its own.
AMOUNTS: Final = ("cms/thresholds:kx_pt_slp", "cms/thresholds:kx_ot")


def threshold(facts: Facts) -> IntArray:
    """The amount of every visit's discipline on its day, cents; -1 where it is not known."""
    shared, own = (facts.parameter(name) for name in AMOUNTS)
    return np.where(facts.visit.discipline == OCCUPATIONAL, own, shared)


def counted(facts: Facts, rows: IntArray) -> BoolArray:
    """Whether lines count toward the threshold: billed, on the therapy list, of a visit whose discipline is given.

    A line sent with a notice modifier is none of them: it expects a denial.
    """
    line = facts.line
    therapy: BoolArray = (
        line.billed[rows]
        & (line.designation[rows] > _NOT_THERAPY)
        & (facts.visit.discipline[line.visit[rows]] > 0)
        & (line.modifiers[rows] & facts.modifiers("notice") == 0)
    )
    return therapy
