"""The date of the plan of care is not on the claim."""

from __future__ import annotations

from typing import Final

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, words
from quarterhour.rules.facts import IntArray
from quarterhour.rules.institutional._occurrence import without_occurrence

_CODES: Final = (
    "cms/claim:occurrence_plan_pt",
    "cms/claim:occurrence_plan_ot",
    "cms/claim:occurrence_plan_slp",
)


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Institutional claims without the occurrence code of the plan of a discipline they bill."""
    rows, of, wanted = without_occurrence(facts, rows, _CODES)
    return Hits(rows, {"discipline": words(of, DISCIPLINES), "wanted": wanted})


RULE = Rule(
    code="INS111",
    name="plan-date-not-on-the-claim",
    severity="warning",
    confidence="low",
    persona="biller",
    kind="claim",
    over="claim",
    applies="occurrence_codes",
    reads=_CODES,
    message="{discipline} is billed without occurrence code {wanted}, the date of its plan of care",
    remedy=choice(
        "Enter occurrence code {wanted} with the date the plan was established or last reviewed ({discipline})."
    ),
    sources=("aapc-therapy-occurrence-codes", "cms-cpm-25"),
    find=find,
)
