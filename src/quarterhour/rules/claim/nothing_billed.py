"""A visit has services and bills none of them."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, fails, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits all of whose services have 0 units."""
    visit = facts.visit
    return Hits(rows, {"services": visit.lines[rows]})


RULE = Rule(
    code="CLM115",
    name="no-line-billed",
    severity="info",
    confidence="high",
    persona="biller",
    kind="claim",
    over="visit",
    only_where=(fails("billed_lines"), holds("lines")),
    message="Nothing is billed for this visit; services in the record: {services}",
    remedy=choice("Confirm that nothing is billed, or decide the units of the services."),
    sources=("cms-cpm-5-20.2",),
    find=find,
)
