"""An institutional claim carries KX on some of a visit's therapy lines and not on others."""

from __future__ import annotations

from quarterhour.policy.edits import CLAIM_TYPES
from quarterhour.rules.contract import Hits, Rule, choice, on_a_line
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.modifiers._threshold import AMOUNTS, counted, threshold

_INSTITUTIONAL = CLAIM_TYPES.index("institutional")
_ALL_LINES = "cms/thresholds:kx_all_lines_institutional"


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed therapy lines without KX beside one with KX, on an institutional claim."""
    visit, line = facts.visit, facts.line
    rows = rows[visit.claim_type[line.visit[rows]] == _INSTITUTIONAL]
    if not rows.size:
        return Hits(rows)
    confirmed = line.modifiers & facts.modifiers("threshold") != 0
    rows = rows[on_a_line(facts, confirmed & line.billed)[line.visit[rows]]]
    rows = rows[~confirmed[rows] & counted(facts, rows) & (facts.parameter(_ALL_LINES)[line.visit[rows]] > 0)]
    # Where the threshold is known to be used up, the missing KX is reported as that.
    at = line.visit[rows]
    return Hits(rows[visit.accrued[at] < threshold(facts)[at]])


RULE = Rule(
    code="MOD110",
    name="kx-on-some-lines-of-institutional-claim",
    severity="error",
    confidence="high",
    persona="biller",
    kind="modifier_missing",
    over="line",
    applies="kx_threshold",
    reads=(_ALL_LINES, *AMOUNTS),
    modifiers=("threshold",),
    message="The line has no KX while another therapy line of this institutional claim has it",
    remedy=choice("Put KX on all lines of the same threshold if one of them exceeds it, or on none."),
    sources=("cms-cpm-5-10.3",),
    find=find,
)
