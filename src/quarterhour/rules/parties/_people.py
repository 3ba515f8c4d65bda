"""People of a visit, of whom each may have a hit of their own."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, words
from quarterhour.rules.facts import PEOPLE, IntArray


def each_of(rows: IntArray, people: IntArray) -> Hits:
    """A hit for everybody in a bit set over ``PEOPLE``; ``people`` has one for each of the rows."""
    at, role = np.nonzero(people[:, None] >> np.arange(len(PEOPLE)) & 1)
    return Hits(rows[at], {"role": words(role, PEOPLE)})
