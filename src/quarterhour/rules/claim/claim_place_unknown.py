"""A line of a claim has a place of service there is not."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes, places
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines with a place outside the code set."""
    line = facts.claim_line
    place = line.place_of_service[rows]
    rows = rows[(place >= 0) & ~np.isin(place, sorted(facts.known_places))]
    return Hits(rows, {"code": codes(line.code[rows]), "place": places(line.place_of_service[rows])})


RULE = Rule(
    code="CLM230",
    name="claim-line-place-unknown",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="{code}: {place} is not a place-of-service code",
    remedy=choice("Enter the place where the patient was treated."),
    sources=("cms-pos-code-set",),
    find=find,
)
