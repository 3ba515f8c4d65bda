"""A therapy claim does not name who certified the plan of care."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, chart, words
from quarterhour.rules.facts import IntArray

_WHERE = ("referring provider", "attending provider")


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims for therapy without a referring or ordering provider, or an attending one on an institutional claim."""
    claim = facts.claim
    professional = claim.given["referring_provider"][rows] | claim.given["ordering_provider"][rows]
    named = np.where(claim.type[rows] == 0, professional, claim.given["attending_provider"][rows])
    rows = rows[~named & (claim.therapy_lines[rows] > 0)]
    return Hits(rows, {"where": words(claim.type[rows], _WHERE)})


RULE = Rule(
    code="PTY109",
    name="certifying-physician-not-named",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    applies="certifying_provider",
    message="A therapy claim names who certified the plan of care as {where}; this one names nobody",
    remedy=chart("Who certified the plan of care, and what is the NPI?"),
    sources=("cms-cpm-5-10.3.5", "noridian-certifying-physician"),
    find=find,
)
