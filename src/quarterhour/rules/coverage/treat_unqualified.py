"""The treating person's profession is not one whose work the payer takes as therapy."""

from __future__ import annotations

from quarterhour.policy.codes import DESIGNATIONS
from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, choice, exactly, on_a_line, words
from quarterhour.rules.facts import Facts, IntArray

NOT_QUALIFIED = STANDINGS.index("not-qualified")
NO_THERAPY = DESIGNATIONS.index("none")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits with billed therapy whose treating person belongs to no profession that may furnish it."""
    visit, line = facts.visit, facts.line
    who = visit.therapist_credential[rows]
    barred = facts.provider("unverified")[who] == 0
    rows = rows[barred]
    if not rows.size:
        return Hits(rows)
    therapy = line.billed & line.known & (line.designation != NO_THERAPY)
    rows = rows[on_a_line(facts, therapy)[rows]]
    return Hits(rows, {"who": words(visit.therapist_credential[rows], facts.provider_labels)})


RULE = Rule(
    code="ELG101",
    name="provider-not-qualified",
    severity="error",
    confidence="high",
    persona="biller",
    kind="eligibility",
    over="visit",
    only_where=(exactly("therapist_standing", NOT_QUALIFIED),),
    applies="provider_eligibility",
    needs=("therapist_credential",),
    message="Therapy furnished by a profession whose work this payer does not take as therapy: {who}",
    remedy=choice("Do not bill it to this payer as therapy; nobody's supervision changes that."),
    sources=("cms-bpm-15-230.5", "cms-bpm-15-30.5", "cms-bpm-15-220.2"),
    find=find,
)
