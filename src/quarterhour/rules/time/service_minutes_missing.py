"""A payer that counts each code by itself gets a timed service without minutes."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, exactly, fails, holds
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed timed lines without minutes, in visits without a note that might give them."""
    line = facts.line
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="TIM114",
    name="service-minutes-missing",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="line",
    only_where=(exactly("minutes", ABSENT), holds("timed"), holds("billed"), fails("visit.note_given")),
    applies="per_code_minutes",
    element="service_minutes",
    message="{code} has no minutes, and the payer counts units from the minutes of each code",
    remedy=chart("How many minutes of {code} were given?"),
    sources=("cpt-time-rule",),
    find=find,
)
