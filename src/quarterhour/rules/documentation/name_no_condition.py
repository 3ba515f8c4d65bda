"""Neither the note nor the plan of care in the record names the condition treated."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, below, chart
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import WHOLE, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a billed treatment without a condition in full, where the plan has no diagnosis either."""
    return Hits(rows[treated(facts)[rows]])


RULE = Rule(
    code="DOC207",
    name="condition-not-named",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note",
    only_where=(below("grades.diagnosis", WHOLE), below("visit.diagnoses", 1)),
    needs=("visit.plan_given",),
    element="diagnosis",
    message="neither the note nor the plan in the record names the condition that was treated",
    remedy=chart("Which diagnosis or condition made the treatment necessary?"),
    sources=("cms-bpm-15-220.1.2", "cms-bpm-15-220.3"),
    find=find,
)
