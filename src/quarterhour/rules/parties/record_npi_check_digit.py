"""A provider's identifier in a visit record fails its check digit."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, holds
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.parties._people import each_of


def find(facts: Facts, rows: IntArray) -> Hits:
    """People whose ten digits do not make the check digit come out."""
    return each_of(rows, facts.visit.failed_npis[rows])


RULE = Rule(
    code="PTY121",
    name="record-npi-fails-its-check-digit",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="claim",
    over="visit",
    message="The NPI of the {role} fails its check digit",
    remedy=choice("Look the provider up in the NPI registry and enter the number found there."),
    sources=("cms-npi-check-digit",),
    find=find,
    only_where=(holds("failed_npis"),),
)
