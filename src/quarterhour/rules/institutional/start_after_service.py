"""The first day of treatment lies after a day the claim bills."""

from __future__ import annotations

from quarterhour.rules.claim_facts import OCCURRENCE, FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, days
from quarterhour.rules.facts import IntArray

_STARTS = (
    "cms/claim:occurrence_start_pt",
    "cms/claim:occurrence_start_ot",
    "cms/claim:occurrence_start_slp",
)


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Institutional claims with an occurrence of first treatment later than their first day."""
    code = facts.claim_code
    rows = rows[code.qualifier[rows] == OCCURRENCE]
    subject = code.subject[rows]
    starts = sum(code.code[rows] == facts.parameter(name)[subject] for name in _STARTS) > 0
    rows = rows[starts & (code.day[rows] > facts.claim.last_day[code.claim[rows]])]
    return Hits(rows, {"start": days(code.day[rows]), "last": days(facts.claim.last_day[code.claim[rows]])})


RULE = Rule(
    code="INS115",
    name="first-treatment-after-service",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim_code",
    reads=("cms/claim:occurrence_start_pt", "cms/claim:occurrence_start_ot", "cms/claim:occurrence_start_slp"),
    needs=("claim.last_day",),
    message="Treatment began {start} by its occurrence code, after the last day billed, {last}",
    remedy=choice("Correct the date of the first treatment."),
    sources=("aapc-therapy-occurrence-codes",),
    find=find,
)
