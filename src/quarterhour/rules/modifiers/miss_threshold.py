"""The threshold is used up before the visit, and a therapy line carries no KX."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, cents, choice
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.modifiers._threshold import AMOUNTS, counted, threshold


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed therapy lines without KX where the amount accrued before the visit is the threshold or more."""
    visit, line = facts.visit, facts.line
    amounts = threshold(facts)
    rows = rows[(visit.accrued >= amounts)[line.visit[rows]]]
    if not rows.size:
        return Hits(rows)
    rows = rows[(line.modifiers[rows] & facts.modifiers("threshold") == 0) & counted(facts, rows)]
    at = line.visit[rows]
    return Hits(rows, {"accrued": cents(visit.accrued[at]), "threshold": cents(amounts[at])})


RULE = Rule(
    code="MOD106",
    name="kx-missing-above-threshold",
    severity="error",
    confidence="high",
    persona="biller",
    kind="modifier_missing",
    over="line",
    applies="kx_threshold",
    reads=AMOUNTS,
    needs=("visit.accrued",),
    message="{accrued} accrued before this visit, the threshold is {threshold}, and the line has no KX",
    remedy=choice("Add KX if the record shows that the care is necessary; if not, give the patient notice and use GA."),
    sources=("cms-cpm-5-10.3",),
    find=find,
)
