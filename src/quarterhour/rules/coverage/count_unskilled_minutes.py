"""Minutes of somebody who is neither therapist nor assistant are billed as the assistant's."""

from __future__ import annotations

from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, choice, holds, words
from quarterhour.rules.facts import Facts, IntArray

NOT_QUALIFIED = STANDINGS.index("not-qualified")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with minutes of an assistant whose credential is none of an assistant."""
    visit, line = facts.visit, facts.line
    who = visit.assistant_credential[line.visit[rows]]
    barred = (who >= 0) & (facts.provider("standing")[who] == NOT_QUALIFIED) & (facts.provider("unverified")[who] == 0)
    rows, who = rows[barred], who[barred]
    return Hits(rows, {"minutes": line.assistant_minutes[rows], "who": words(who, facts.provider_labels)})


RULE = Rule(
    code="ELG112",
    name="assistant-not-qualified",
    severity="error",
    confidence="high",
    persona="biller",
    kind="eligibility",
    over="line",
    only_where=(holds("assistant_minutes"), holds("billed")),
    applies="provider_eligibility",
    message="{minutes} minutes billed that were furnished by one whose work is not therapy: {who}",
    remedy=choice("Leave these minutes out of the units; only minutes of the therapist or an assistant count."),
    sources=("cms-bpm-15-220.2", "cms-bpm-15-230.5"),
    find=find,
)
