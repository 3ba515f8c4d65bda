"""Minutes of an evaluation or re-evaluation are recorded as an assistant's."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines of evaluation codes with minutes that an assistant furnished alone."""
    line = facts.line
    rows = rows[facts.of_kind(line.kind[rows], "evaluation", "re-evaluation")]
    return Hits(rows, {"assistant": line.assistant_minutes[rows]})


RULE = Rule(
    code="AST107",
    name="evaluation-by-assistant",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="eligibility",
    over="line",
    only_where=(holds("assistant_minutes"), holds("billed")),
    applies="provider_eligibility",
    message="{assistant} minutes of an evaluation are recorded as furnished by an assistant",
    remedy=chart("Who made the evaluation? Were the assistant's {assistant} minutes more than taking measurements?"),
    sources=("cms-bpm-15-220.3", "cms-bpm-15-230"),
    find=find,
)
