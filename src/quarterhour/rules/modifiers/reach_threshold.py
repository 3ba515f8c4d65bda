"""The charges of the visit may bring the patient over the threshold, and nothing carries KX."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, cents, choice, holds, on_a_line
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.modifiers._threshold import AMOUNTS, threshold


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits that begin below the threshold and may end above it, without KX or a notice modifier on any line."""
    visit, line = facts.visit, facts.line
    amounts = threshold(facts)
    accrued, amount = visit.accrued[rows], amounts[rows]
    crosses = (accrued < amount) & (accrued + visit.charges[rows] > amount)
    rows = rows[crosses]
    if rows.size:
        settled = line.modifiers & facts.modifiers("threshold", "notice") != 0
        rows = rows[~on_a_line(facts, settled)[rows]]
    return Hits(
        rows,
        {
            "accrued": cents(visit.accrued[rows]),
            "charges": cents(visit.charges[rows]),
            "threshold": cents(amounts[rows]),
        },
    )


RULE = Rule(
    code="MOD109",
    name="kx-threshold-reached-in-visit",
    severity="warning",
    confidence="low",
    persona="biller",
    kind="modifier_missing",
    over="visit",
    only_where=(holds("discipline"),),
    applies="kx_threshold",
    reads=AMOUNTS,
    needs=("accrued", "charges"),
    message="{accrued} accrued and up to {charges} today may pass the threshold of {threshold}; no line has KX",
    remedy=choice("Price the visit. If it passes the threshold and the record shows necessity, add KX."),
    sources=("cms-cpm-5-10.3",),
    find=find,
)
