"""A provider's identifier has not ten digits."""

from __future__ import annotations

from quarterhour.rules.claim_facts import MALFORMED, ROLE_WORDS, FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, words
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Providers whose identifier is something else."""
    provider = facts.claim_provider
    rows = rows[provider.npi[rows] == MALFORMED]
    return Hits(rows, {"role": words(provider.role[rows], ROLE_WORDS)})


RULE = Rule(
    code="PTY102",
    name="npi-is-not-ten-digits",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="format",
    over="claim_provider",
    message="The NPI of the {role} has not ten digits",
    remedy=choice("Look the provider up in the NPI registry and enter the ten digits found there."),
    sources=("cms-npi-check-digit",),
    find=find,
)
