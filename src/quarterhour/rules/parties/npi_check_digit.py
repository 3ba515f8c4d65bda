"""A provider's identifier fails its check digit."""

from __future__ import annotations

from quarterhour.rules.claim_facts import ROLE_WORDS, WRONG_CHECK_DIGIT, FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, words
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Providers whose ten digits do not make the check digit come out."""
    provider = facts.claim_provider
    rows = rows[provider.npi[rows] == WRONG_CHECK_DIGIT]
    return Hits(rows, {"role": words(provider.role[rows], ROLE_WORDS)})


RULE = Rule(
    code="PTY101",
    name="npi-fails-its-check-digit",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_provider",
    message="The NPI of the {role} fails its check digit",
    remedy=choice("Look the provider up in the NPI registry and enter the number found there."),
    sources=("cms-npi-check-digit",),
    find=find,
)
