"""Who bills or furnished the services has no identifier."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.claim_facts import ROLE_WORDS, ROLES, FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, words
from quarterhour.rules.facts import ABSENT, IntArray

_PAID = tuple(ROLES.index(role) for role in ("billing_provider", "rendering_provider", "line"))


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Billing and rendering providers who are named without an identifier."""
    provider = facts.claim_provider
    rows = rows[(provider.npi[rows] == ABSENT) & np.isin(provider.role[rows], _PAID)]
    return Hits(rows, {"role": words(provider.role[rows], ROLE_WORDS)})


RULE = Rule(
    code="PTY104",
    name="billing-or-rendering-provider-without-npi",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_provider",
    message="The {role} is named without an NPI",
    remedy=choice("Look the provider up in the NPI registry and enter the number."),
    sources=("x12-837-required", "cms-cpm-26"),
    find=find,
)
