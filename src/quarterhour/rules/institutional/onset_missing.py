"""The onset is not on an institutional claim for therapy."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import IntArray
from quarterhour.rules.institutional._occurrence import has_occurrence


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Institutional claims for therapy without the occurrence code of onset."""
    claim = facts.claim
    rows = rows[(claim.type[rows] == 1) & (claim.therapy_lines[rows] > 0)]
    wanted = facts.parameter("cms/claim:occurrence_onset")[claim.subject[rows]]
    lacking = ~has_occurrence(facts, rows, wanted)
    return Hits(rows[lacking], {"wanted": wanted[lacking]})


RULE = Rule(
    code="INS113",
    name="onset-not-on-the-claim",
    severity="warning",
    confidence="low",
    persona="biller",
    kind="claim",
    over="claim",
    applies="occurrence_codes",
    reads=("cms/claim:occurrence_onset",),
    message="The claim is for therapy and has no occurrence code {wanted}, the onset of the illness",
    remedy=chart("When did the symptoms or the illness begin?"),
    sources=("aapc-therapy-occurrence-codes", "cms-cpm-25"),
    find=find,
)
