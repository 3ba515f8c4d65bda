"""The place of service says telehealth and a line does not."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, holds, places
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines without a telehealth modifier at a place of service of telehealth."""
    line, of_visit = facts.line, facts.visit.place_of_service
    rows = rows[line.modifiers[rows] & facts.modifiers("telehealth") == 0]
    visit = line.visit[rows]
    home, elsewhere = facts.parameter("cms/telehealth:place_at_home"), facts.parameter("cms/telehealth:place_elsewhere")
    rows = rows[(of_visit[visit] == home[visit]) | (of_visit[visit] == elsewhere[visit])]
    return Hits(rows, {"place": places(of_visit[line.visit[rows]])})


RULE = Rule(
    code="CLM105",
    name="telehealth-place-without-modifier",
    severity="info",
    confidence="low",
    persona="biller",
    kind="claim",
    over="line",
    only_where=(holds("billed"),),
    reads=("cms/telehealth:place_at_home", "cms/telehealth:place_elsewhere"),
    needs=("visit.place_of_service",),
    message="Place of service {place} says telehealth, and this line has no telehealth modifier",
    remedy=choice("Ask the payer whether it wants 95 (video) or 93 (sound); if it was in person, correct the place."),
    sources=("cms-telehealth-list",),
    find=find,
)
