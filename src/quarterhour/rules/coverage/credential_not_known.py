"""The treating person's credential is one that is not known."""

from __future__ import annotations

from quarterhour.policy.providers import UNKNOWN_CREDENTIAL
from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits whose treating person has a credential that the policy data does not name."""
    return Hits(rows)


RULE = Rule(
    code="ELG104",
    name="credential-unknown",
    severity="info",
    confidence="high",
    persona="biller",
    kind="eligibility",
    over="visit",
    only_where=(exactly("therapist_credential", UNKNOWN_CREDENTIAL),),
    applies="provider_eligibility",
    needs=("therapist_credential",),
    message="The treating person's credential is not a known one; who may bill was not judged",
    remedy=chart("Which licence does the treating person hold?"),
    sources=("cms-bpm-15-230",),
    find=find,
)
