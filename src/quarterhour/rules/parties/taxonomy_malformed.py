"""A provider's taxonomy has not the form of one."""

from __future__ import annotations

from quarterhour.rules.claim_facts import MALFORMED, ROLE_WORDS, FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, words
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Providers whose taxonomy is not nine places and an X."""
    provider = facts.claim_provider
    rows = rows[provider.taxonomy[rows] == MALFORMED]
    return Hits(rows, {"role": words(provider.role[rows], ROLE_WORDS)})


RULE = Rule(
    code="PTY106",
    name="taxonomy-malformed",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="format",
    over="claim_provider",
    message="The taxonomy of the {role} is not ten places that end in X",
    remedy=choice("Enter the taxonomy the provider is enrolled with."),
    sources=("nucc-taxonomy-24.0",),
    find=find,
)
