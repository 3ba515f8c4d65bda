"""Nothing ties the activities to a goal of the plan or a task of daily life."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.documentation._reading import activities_graded, goal_names_work
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 whose note has nothing of it; a goal that names what was done implies the tie (DOC213)."""
    rows = rows[~goal_names_work(facts, facts.note_code.note[rows])]
    return Hits(rows, {"code": codes(facts.note_code.code[rows])})


RULE = Rule(
    code="DOC203",
    name="activity-without-goal-link",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=activities_graded("goal_linkage", NOTHING),
    element="goal_linkage",
    message="nothing in the note ties the activities under {code} to a goal or a task of daily life",
    remedy=chart("Which goal of the plan, or which task of daily life, were the activities for?"),
    sources=("cms-bpm-15-220.3", "cms-bpm-15-220.1.2"),
    find=find,
)
