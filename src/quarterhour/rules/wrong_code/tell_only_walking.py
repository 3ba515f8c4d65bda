"""97530 is billed, and what the note tells under it is walking."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.wrong_code._told import GAIT, UNLIKE_ACTIVITIES, evidence, only


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 under which only walking and stairs stand, with or without balance work or exercise."""
    told = facts.note_code
    rows = rows[only(facts, rows, "gait", "neuromuscular", "exercise") & (told.classes["gait"][rows] > 0)]
    return Hits(rows, {"code": codes(told.code[rows]), "other": codes(np.full(rows.size, GAIT))}, evidence(facts, rows))


RULE = Rule(
    code="COD103",
    name="gait-billed-as-activities",
    severity="warning",
    confidence="medium",
    persona="biller",
    also=("therapist",),
    kind="wrong_code",
    over="note_code",
    only_where=UNLIKE_ACTIVITIES,
    message="{code}: the note tells walking or stairs under it and no task such as carrying or fetching",
    remedy=choice("Bill {other} for walking training; if the steps were part of a task, have the clinician say which."),
    sources=("codes-lcd-language-97530", "cms-bpm-15-220.3"),
    find=find,
)
