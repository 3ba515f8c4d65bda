"""The place of service contradicts the setting the record names."""

from __future__ import annotations

from quarterhour.domain.visit import SETTINGS
from quarterhour.rules.contract import Hits, Rule, choice, places, words
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits at a place that a provider of their setting does not have."""
    visit = facts.visit
    rows = rows[~facts.place_fits[visit.setting[rows], visit.place_of_service[rows]]]
    known = [place in facts.known_places for place in visit.place_of_service[rows].tolist()]
    rows = rows[known] if rows.size else rows
    return Hits(rows, {"place": places(visit.place_of_service[rows]), "setting": words(visit.setting[rows], SETTINGS)})


RULE = Rule(
    code="CLM104",
    name="place-of-service-against-setting",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="visit",
    needs=("setting", "place_of_service"),
    message="Place of service {place} does not fit the setting {setting}",
    remedy=choice("Correct whichever is wrong: the place where the patient was, or the setting that bills."),
    sources=("cms-pos-code-set", "cms-bpm-15-230.4"),
    find=find,
)
