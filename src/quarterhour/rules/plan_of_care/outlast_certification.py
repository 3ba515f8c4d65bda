"""The visit lies after the end of the certification."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.plan_of_care._dates import READS, began, ordered, reaches


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits after the last day their certification, or the order that stands for it, can cover."""
    visit = facts.visit
    longest = facts.parameter("cms/plan_of_care:certification_period_days")[rows]
    day, through = visit.day[rows], visit.certified_through[rows]
    # A certification reaches at least to the earlier of these two days; most visits are before both.
    rows = rows[(day > began(facts, rows) + longest) | ((through != ABSENT) & (day > through))]
    if not rows.size:
        return Hits(rows)
    rows = rows[(visit.certified[rows] != ABSENT) | ordered(facts, rows)]
    end = reaches(facts, rows)
    over = visit.day[rows] > end
    rows = rows[over]
    return Hits(rows, {"end": days(end[over]), "after": visit.day[rows] - end[over]})


RULE = Rule(
    code="POC105",
    name="certification-lapsed",
    severity="error",
    confidence="high",
    persona="biller",
    kind="plan_of_care",
    over="visit",
    applies="certification",
    reads=(*READS, "cms/plan_of_care:order_exception"),
    needs=("plan_established",),
    message="The certification covers no day after {end}; the visit was {after} days later",
    remedy=chart("Was the plan recertified, and on which day was that signed?"),
    sources=("cms-bpm-15-220.1.3",),
    find=find,
)
