"""A group code is billed for one-on-one time."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, exactly, holds
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.time._minutes import ONE_ON_ONE, in_group


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines of group codes recorded as one-on-one."""
    line = facts.line
    rows = rows[in_group(facts, rows)]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="TIM111",
    name="group-code-one-on-one",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="wrong_code",
    over="line",
    only_where=(exactly("mode", ONE_ON_ONE), holds("billed")),
    element="one_on_one_or_group",
    message="{code} is for several patients at once and was given one-on-one",
    remedy=choice("One-on-one time is billed with the code of what was done, by its minutes."),
    sources=("codes-cms-tr1753",),
    find=find,
)
