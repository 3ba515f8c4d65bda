"""A claim has more lines than its format holds."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims over the number of lines of their type."""
    claim = facts.claim
    professional = facts.parameter("cms/claim:most_lines_professional")[claim.subject[rows]]
    most = np.where(
        claim.type[rows] == 0, professional, facts.parameter("cms/claim:most_lines_institutional")[claim.subject[rows]]
    )
    over = claim.lines[rows] > most
    rows, most = rows[over], most[over]
    return Hits(rows, {"lines": claim.lines[rows], "most": most})


RULE = Rule(
    code="CLM206",
    name="more-lines-than-a-claim-holds",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    reads=("cms/claim:most_lines_professional", "cms/claim:most_lines_institutional"),
    message="The claim has {lines} lines; one claim holds {most}",
    remedy=choice("Bill the lines above {most} on a second claim of the same dates."),
    sources=("x12-837-limits",),
    find=find,
)
