"""Most of what the note tells under 97530 is exercise."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, exactly, holds
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import ACTIVITIES
from quarterhour.rules.wrong_code._told import evidence, with_purpose


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 under which there is more exercise than practice of a task, and some practice or purpose.

    Exercise without either is COD101.
    """
    told = facts.note_code
    rows = rows[told.classes["exercise"][rows] > told.fitting[rows]]
    if not rows.size:
        return Hits(rows)
    rows = rows[(told.fitting[rows] > 0) | with_purpose(facts, rows)]
    return Hits(
        rows,
        {
            "code": codes(told.code[rows]),
            "exercises": told.classes["exercise"][rows],
            "tasks": told.fitting[rows],
        },
        evidence(facts, rows),
    )


RULE = Rule(
    code="COD111",
    name="more-exercise-than-activity",
    severity="warning",
    confidence="low",
    persona="therapist",
    kind="wrong_code",
    over="note_code",
    only_where=(exactly("code", ACTIVITIES), holds("lines")),
    message="under {code} the note tells {exercises} exercises and {tasks} of task practice",
    remedy=chart("How many of the minutes under {code} were practice of the task, and how many were exercise?"),
    sources=("codes-lcd-language-97530", "cms-bpm-15-220.3"),
    find=find,
)
