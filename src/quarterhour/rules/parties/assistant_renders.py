"""The taxonomy of who furnished the services is an assistant's."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.claim_facts import ROLE_WORDS, ROLES, FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, words
from quarterhour.rules.facts import IntArray

_RENDERING = (ROLES.index("rendering_provider"), ROLES.index("line"))


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Rendering providers with the taxonomy of an assistant."""
    provider = facts.claim_provider
    rows = rows[provider.assistant_taxonomy[rows] & np.isin(provider.role[rows], _RENDERING)]
    return Hits(rows, {"role": words(provider.role[rows], ROLE_WORDS)})


RULE = Rule(
    code="PTY108",
    name="assistant-taxonomy-renders",
    severity="error",
    confidence="high",
    persona="biller",
    kind="eligibility",
    over="claim_provider",
    applies="provider_eligibility",
    message="The {role} has the taxonomy of an assistant, who cannot be enrolled",
    remedy=choice(
        "Enter the supervising therapist as rendering provider, and CQ or CO where the assistant furnished the service."
    ),
    sources=("cms-bpm-15-230", "nucc-taxonomy-24.0"),
    find=find,
)
