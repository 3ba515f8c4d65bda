"""An assistant is named, and no minutes and no modifier are the assistant's."""

from __future__ import annotations

from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, chart, given, holds, on_a_line
from quarterhour.rules.facts import Facts, IntArray

_ASSISTANT = STANDINGS.index("assistant")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits that name an assistant, with billed lines that show nothing of one."""
    visit, line = facts.visit, facts.line
    rows = rows[facts.provider("standing")[visit.assistant_credential[rows]] == _ASSISTANT]
    if not rows.size:
        return Hits(rows)
    shows = (line.assistant_minutes > 0) | (line.modifiers & facts.modifiers("assistant") != 0)
    return Hits(rows[~on_a_line(facts, shows)[rows]])


RULE = Rule(
    code="AST110",
    name="assistant-without-minutes",
    severity="info",
    confidence="low",
    persona="therapist",
    kind="assistant_modifier",
    over="visit",
    only_where=(given("assistant_credential"), holds("billed_lines")),
    applies="assistant_modifiers",
    message="An assistant is named, but no minutes are the assistant's and no line carries CQ or CO",
    remedy=chart("Which minutes did the assistant furnish alone, and which together with the therapist?"),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
