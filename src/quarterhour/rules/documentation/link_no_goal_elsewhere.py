"""Nothing ties a treatment without 97530 to a goal of the plan."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.documentation._reading import goal_names_work
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING, activities_billed, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a billed treatment other than 97530 that have nothing of it, nor a goal that names what was done."""
    return Hits(rows[treated(facts)[rows] & ~activities_billed(facts)[rows] & ~goal_names_work(facts, rows)])


RULE = Rule(
    code="DOC233",
    name="treatment-without-goal-link",
    severity="info",
    confidence="medium",
    persona="auditor",
    kind="documentation",
    over="note",
    only_where=(exactly("grades.goal_linkage", NOTHING),),
    element="goal_linkage",
    message="nothing in the note ties the treatment to a goal or a task of daily life",
    remedy=chart("Which goal of the plan was the treatment for?"),
    sources=("cms-bpm-15-220.1.2", "cms-bpm-15-220.3"),
    find=find,
)
