"""97530 is billed, and what the note tells under it is exercise."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import EXERCISE
from quarterhour.rules.wrong_code._told import UNLIKE_ACTIVITIES, evidence, only, with_purpose


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 under which exercise stands, perhaps balance or hands-on work or a modality, and nothing else.

    Exercise that the note ties to a goal or a real task may be meant as its practice; that is COD111.
    """
    told = facts.note_code
    exercise = only(facts, rows, "exercise", "neuromuscular", "manual", "modality")
    rows = rows[exercise & (told.classes["exercise"][rows] > 0) & ~with_purpose(facts, rows)]
    return Hits(
        rows,
        {
            "code": codes(told.code[rows]),
            "exercises": told.classes["exercise"][rows],
            "other": codes(np.full(rows.size, EXERCISE)),
        },
        evidence(facts, rows),
    )


RULE = Rule(
    code="COD101",
    name="exercise-billed-as-activities",
    severity="error",
    confidence="medium",
    persona="biller",
    also=("therapist",),
    kind="wrong_code",
    over="note_code",
    only_where=UNLIKE_ACTIVITIES,
    message="{code}: the note tells {exercises} exercises under it and no practice of a task",
    remedy=choice(
        "Bill {other} for exercise; if a task was practiced, have the clinician say which in a dated addendum."
    ),
    sources=("codes-lcd-language-97530", "cms-bpm-15-220.3"),
    find=find,
)
