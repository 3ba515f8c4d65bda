"""A modifier says that a service was distinct, and there is no pair edit it could pass."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, choice, modifier_set
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with 59 or an X modifier whose code meets no edit with another billed line of the patient's day."""
    line = facts.line
    distinct = facts.modifiers("distinct")
    rows = rows[
        ((line.modifiers[rows] & distinct) != 0) & line.billed[rows] & line.known[rows] & ~facts.beside.meets_edit[rows]
    ]
    if rows.size and facts.code_pair.visit.size:
        # Beside a code the tables do not list nobody can say that there is no edit.
        rows = rows[~np.isin(line.visit[rows], facts.code_pair.visit)]
    return Hits(rows, {"modifier": modifier_set(line.modifiers[rows] & distinct)})


RULE = Rule(
    code="PTP103",
    name="distinct-modifier-without-edit",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="modifier_unsupported",
    over="line",
    applies="ncci_edits",
    modifiers=("distinct",),
    message="{modifier} on this line passes no edit: no other line of the day in the record forms a pair with its code",
    remedy=choice("Take {modifier} off, unless another claim of that day or the payer's own edits ask for it."),
    sources=("cms-ncci-manual-2026-ch1-e", "cms-ncci-manual-2026-ch11-p"),
    tables=("ptp",),
    find=find,
)
