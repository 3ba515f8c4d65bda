"""The plan of care was certified later than it was due."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days, given
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.plan_of_care._dates import began, certified_anew


def find(facts: Facts, rows: IntArray) -> Hits:
    """Plans whose first certification was signed after it was due."""
    visit = facts.visit
    due = facts.parameter("cms/plan_of_care:initial_certification_days")[rows]
    passed = visit.certified[rows] - began(facts, rows)
    late = passed > due
    rows, passed, due = rows[late], passed[late], due[late]
    if not rows.size:
        return Hits(rows)
    # A signature long after the beginning may be a later certification, unless the visit came before it.
    first = ~certified_anew(facts, rows) | (visit.day[rows] < visit.certified[rows])
    rows = rows[first]
    return Hits(rows, {"signed": days(visit.certified[rows]), "passed": passed[first], "due": due[first]})


RULE = Rule(
    code="POC104",
    name="certification-late",
    severity="warning",
    confidence="medium",
    persona="auditor",
    kind="plan_of_care",
    over="visit",
    only_where=(given("certified"),),
    applies="certification",
    reads=("cms/plan_of_care:initial_certification_days", "cms/plan_of_care:delayed_certification_grace_days"),
    needs=("plan_established",),
    message="The plan was certified on {signed}, {passed} days after treatment began; it was due within {due}",
    remedy=chart("Does the record say why the certification came late?"),
    sources=("cms-bpm-15-220.1.3",),
    find=find,
)
