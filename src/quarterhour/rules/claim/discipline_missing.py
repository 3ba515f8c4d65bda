"""The record does not say under which discipline the visit was furnished."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, fails, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits with billed lines and no discipline."""
    return Hits(rows)


RULE = Rule(
    code="CLM116",
    name="discipline-not-given",
    severity="info",
    confidence="high",
    persona="biller",
    kind="claim",
    over="visit",
    only_where=(fails("discipline"), holds("billed_lines")),
    applies="discipline_modifiers",
    message="The record names no discipline; modifiers, thresholds and providers were not judged against one",
    remedy=choice("Name the discipline of the plan of care: PT, OT or SLP."),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
