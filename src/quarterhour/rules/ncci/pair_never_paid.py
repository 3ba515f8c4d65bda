"""Two lines meet a pair edit that no modifier passes."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, choice, codes, words
from quarterhour.rules.facts import Facts, IntArray

_MODIFIER = ("no modifier passes this edit", "the modifier does not pass this edit")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Pairs with indicator 0."""
    pair = facts.pair
    hard = rows[pair.indicator[rows] == 0]
    carried = (pair.bypass1[hard] | pair.bypass2[hard]).astype(np.int64)
    return Hits(
        hard,
        {
            "column1": codes(pair.column1[hard]),
            "column2": codes(pair.column2[hard]),
            "modifier": words(carried, _MODIFIER),
        },
    )


RULE = Rule(
    code="PTP102",
    name="pair-never-paid-together",
    severity="error",
    confidence="high",
    persona="biller",
    kind="ptp",
    over="pair",
    applies="ncci_edits",
    message="{column2} is never paid beside {column1} on one day; {modifier}",
    remedy=choice("Bill {column1} without {column2}, or {column2} alone if it is what was mainly done."),
    sources=("cms-ncci-manual-2026-ch1-e", "cms-ncci-manual-2026-ch11-p"),
    tables=("ptp",),
    find=find,
)
