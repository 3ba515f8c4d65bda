"""KX, which says the care is necessary, stands with GA or GZ, which expect a denial because it is not."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, modifier_set
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with KX and a modifier that expects a denial for lack of necessity."""
    line = facts.line
    rows = rows[(line.modifiers[rows] & facts.modifiers("threshold") != 0) & line.billed[rows]]
    notice = line.modifiers[rows] & facts.modifiers("GA", "GZ")
    return Hits(rows[notice != 0], {"notice": modifier_set(notice[notice != 0])})


RULE = Rule(
    code="MOD108",
    name="kx-with-liability-notice",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="line",
    applies="kx_threshold",
    modifiers=("threshold",),
    message="KX says the care is necessary, {notice} that it is not, and both stand on the line",
    remedy=choice("Keep KX if the record shows necessity; keep {notice} and take KX off if it does not."),
    sources=("ngs-kx-ga", "cms-cpm-5-10.3"),
    find=find,
)
