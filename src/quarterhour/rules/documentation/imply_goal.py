"""The tie between the activities and a goal is implied, or in stock words."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, below, chart, codes, exactly, holds
from quarterhour.rules.documentation._reading import goal_names_work
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import ACTIVITIES, PART, WHOLE


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 whose note has a part of it, or no tie and a goal that names what was done."""
    note, told = facts.note, facts.note_code
    at = told.note[rows]
    rows = rows[(note.grades["goal_linkage"][at] == PART) | goal_names_work(facts, at)]
    at = told.note[rows]
    evidence = ((note.starts["goal_linkage"][at], note.ends["goal_linkage"][at]),)
    return Hits(rows, {"code": codes(told.code[rows])}, evidence)


RULE = Rule(
    code="DOC213",
    name="goal-link-implied",
    severity="info",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=(exactly("code", ACTIVITIES), holds("lines"), below("grades.goal_linkage", WHOLE)),
    element="goal_linkage",
    message="the tie between the activities under {code} and a goal is implied, or in stock words",
    remedy=chart("Which goal were the activities for, and how do they lead to it?"),
    sources=("cms-bpm-15-220.3", "cms-bpm-15-220.1.2"),
    find=find,
)
