"""A line says telehealth and the place of service does not."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, modifier_set, places
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines of professional claims with a telehealth modifier at a place that is not one of telehealth."""
    line, visit = facts.line, facts.visit
    telehealth = facts.modifiers("telehealth")
    rows = rows[line.billed[rows] & ((line.modifiers[rows] & telehealth) != 0)]
    at = line.visit[rows]
    home, elsewhere = facts.parameter("cms/telehealth:place_at_home"), facts.parameter("cms/telehealth:place_elsewhere")
    place = visit.place_of_service[at]
    rows = rows[(visit.claim_type[at] == 0) & (place != home[at]) & (place != elsewhere[at])]
    return Hits(
        rows,
        {
            "modifier": modifier_set(line.modifiers[rows] & telehealth),
            "place": places(visit.place_of_service[line.visit[rows]]),
        },
    )


RULE = Rule(
    code="CLM106",
    name="telehealth-modifier-without-place",
    severity="warning",
    confidence="low",
    persona="biller",
    kind="claim",
    over="line",
    reads=(
        "cms/telehealth:place_says_telehealth",
        "cms/telehealth:place_at_home",
        "cms/telehealth:place_elsewhere",
    ),
    needs=("visit.place_of_service",),
    modifiers=("telehealth",),
    message="{modifier} says telehealth, and the place of service is {place}",
    remedy=choice("If it was telehealth, give place 10 (patient at home) or 02; if not, take {modifier} off."),
    sources=("cms-telehealth-list",),
    find=find,
)
