"""The certifier may certify therapy only within narrow limits."""

from __future__ import annotations

from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, chart, words
from quarterhour.rules.facts import Facts, IntArray

LIMITED = STANDINGS.index("contestable")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Plans whose certifier may certify, but not for every condition."""
    visit = facts.visit
    rows = rows[visit.certifier_credential[rows] >= 0]
    if not rows.size:
        return Hits(rows)
    who = visit.certifier_credential[rows]
    limited = facts.provider("standing")[who] == LIMITED
    limited &= facts.provider("certifies_from")[who] <= visit.day[rows]
    return Hits(rows[limited], {"who": words(who[limited], facts.provider_labels)})


RULE = Rule(
    code="POC119",
    name="certifier-of-limited-scope",
    severity="warning",
    confidence="medium",
    persona="auditor",
    kind="plan_of_care",
    over="visit",
    applies="certification",
    needs=("certifier_credential",),
    message="The plan is certified by one who may do so only within limits: {who}",
    remedy=chart("Does the condition treated lie within what this certifier may certify?"),
    sources=("cms-bpm-15-220.1.3",),
    find=find,
)
