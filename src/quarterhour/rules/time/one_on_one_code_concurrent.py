"""A code for one patient at a time is billed for concurrent treatment."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, exactly, holds
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.time._minutes import CONCURRENT, attended


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines given concurrently whose code asks for one patient."""
    line = facts.line
    rows = rows[attended(facts, rows)]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="TIM112",
    name="one-on-one-code-in-concurrent-treatment",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="wrong_code",
    over="line",
    only_where=(exactly("mode", CONCURRENT), holds("billed")),
    element="one_on_one_or_group",
    message="{code} asks for one patient at a time and was given concurrently with another's treatment",
    remedy=choice("Two patients at the same time are a group for each; only the one-on-one minutes keep {code}."),
    sources=("codes-cms-tr1753",),
    find=find,
)
