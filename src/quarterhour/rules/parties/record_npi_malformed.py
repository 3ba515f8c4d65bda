"""A provider's identifier in a visit record has not ten digits."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, holds
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.parties._people import each_of


def find(facts: Facts, rows: IntArray) -> Hits:
    """People whose identifier is something else."""
    return each_of(rows, facts.visit.malformed_npis[rows])


RULE = Rule(
    code="PTY122",
    name="record-npi-is-not-ten-digits",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="format",
    over="visit",
    message="The NPI of the {role} has not ten digits",
    remedy=choice("Look the provider up in the NPI registry and enter the ten digits found there."),
    sources=("cms-npi-check-digit",),
    find=find,
    only_where=(holds("malformed_npis"),),
)
