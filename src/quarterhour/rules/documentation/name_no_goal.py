"""The note of a treatment names no functional goal, and ties the work to one in stock words only."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING, PART, activities_billed, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a billed treatment other than 97530 without a goal, whose tie to one is only implied.

    Where nothing ties the work to a goal, that is said instead (DOC203, DOC233, NEC104); of 97530, DOC213 says it.
    """
    return Hits(rows[treated(facts)[rows] & ~activities_billed(facts)[rows]])


RULE = Rule(
    code="DOC205",
    name="goal-not-named",
    severity="info",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note",
    only_where=(exactly("grades.functional_goal", NOTHING), exactly("grades.goal_linkage", PART)),
    element="functional_goal",
    message="the note names no functional goal",
    remedy=chart("Toward which measurable goal of the plan was the patient treated?"),
    sources=("cms-bpm-15-220.1.2", "cms-bpm-15-220.3"),
    find=find,
)
