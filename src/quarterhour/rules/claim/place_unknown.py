"""The place of service is a number no place has."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, choice, places
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits with a place of service outside the code set."""
    place = facts.visit.place_of_service[rows]
    strange = set(place.tolist()) - facts.known_places
    rows = rows[np.isin(place, sorted(strange))] if strange else rows[:0]
    return Hits(rows, {"place": places(facts.visit.place_of_service[rows])})


RULE = Rule(
    code="CLM103",
    name="place-of-service-unknown",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="visit",
    needs=("place_of_service",),
    message="{place} is not a place-of-service code",
    remedy=choice("Give the place of service of the visit, such as 11 for the clinic or 12 for the patient's home."),
    sources=("cms-pos-code-set",),
    find=find,
)
