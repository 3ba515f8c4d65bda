"""The plan of care was certified by somebody who may not."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, words
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Plans whose certifier has a known credential that may not certify on the day of the visit."""
    visit = facts.visit
    rows = rows[visit.certifier_credential[rows] >= 0]
    if not rows.size:
        return Hits(rows)
    who = visit.certifier_credential[rows]
    barred = facts.provider("certifies_from")[who] > visit.day[rows]
    return Hits(rows[barred], {"who": words(who[barred], facts.provider_labels)})


RULE = Rule(
    code="POC108",
    name="certifier-not-allowed",
    severity="error",
    confidence="high",
    persona="biller",
    kind="plan_of_care",
    over="visit",
    applies="certification",
    needs=("certifier_credential",),
    message="The plan is certified by one who may not certify therapy: {who}",
    remedy=chart("Which physician or practitioner (NP, PA or CNS) certified the plan?"),
    sources=("cms-bpm-15-220.1.3",),
    find=find,
)
