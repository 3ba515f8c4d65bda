"""An earlier visit of the year says the threshold is used up, and a later therapy line carries no KX."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, cents, choice, days, given
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.modifiers._threshold import AMOUNTS, counted, threshold


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed therapy lines without KX after a visit that says the threshold was reached before it.

    What accrues in a year only grows, so an earlier visit's amount is the least of a later one's, whatever less the
    later record says. Where that says itself that the threshold was reached, MOD106 speaks.
    """
    history, line = facts.history, facts.line
    amounts = threshold(facts)
    reached = (history.accrued_by >= amounts) & (facts.visit.accrued < amounts) & (amounts > 0)
    rows = rows[reached[line.visit[rows]]]
    if not rows.size:
        return Hits(rows)
    rows = rows[(line.modifiers[rows] & facts.modifiers("threshold") == 0) & counted(facts, rows)]
    at = line.visit[rows]
    return Hits(
        rows,
        {"accrued": cents(history.accrued_by[at]), "on": days(history.accrued_on[at]), "threshold": cents(amounts[at])},
    )


RULE = Rule(
    code="MOD125",
    name="kx-missing-after-threshold-among-visits",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="modifier_missing",
    over="line",
    only_where=(given("history.accrued_by"),),
    applies="kx_threshold",
    reads=AMOUNTS,
    message="{accrued} had accrued by the visit of {on}, the threshold is {threshold}, and this later line has no KX",
    remedy=choice("Add KX if the record shows that the care is necessary; if not, give the patient notice and use GA."),
    sources=("cms-cpm-5-10.3",),
    find=find,
)
