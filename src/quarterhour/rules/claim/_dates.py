"""The dates a claim has beside those of its lines."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.facts import BoolArray, IntArray


def first_that_breaks(
    facts: FactsOfClaims, rows: IntArray, names: tuple[str, ...], breaks: Callable[[IntArray], BoolArray]
) -> tuple[IntArray, IntArray, IntArray]:
    """Claims of which one of the dates named breaks the sentence: the claim, which of ``names`` is the first, the day.

    ``breaks`` is asked of days as long as ``rows``, ABSENT where a claim has none.
    """
    dates = np.stack([getattr(facts.claim, name)[rows] for name in names])
    broken = np.stack([breaks(day) for day in dates])
    hit = np.flatnonzero(broken.any(axis=0))
    which = broken[:, hit].argmax(axis=0)
    return rows[hit], which, dates[which, hit]
