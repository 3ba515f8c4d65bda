"""A code for one patient at a time is billed for time in a group."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, exactly, holds
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.time._minutes import GROUP, attended


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines given in a group whose code asks for one patient."""
    line = facts.line
    rows = rows[attended(facts, rows)]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="TIM110",
    name="one-on-one-code-in-a-group",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="wrong_code",
    over="line",
    only_where=(exactly("mode", GROUP), holds("billed")),
    element="one_on_one_or_group",
    message="{code} asks for one patient at a time and was given in a group",
    remedy=choice("Group time is billed as one unit of the group code of the discipline, for each patient."),
    sources=("codes-cms-tr1753",),
    find=find,
)
