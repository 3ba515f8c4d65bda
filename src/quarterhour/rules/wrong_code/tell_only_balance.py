"""97530 is billed, and the note only names balance or coordination work under it."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.wrong_code._told import BALANCE, UNLIKE_ACTIVITIES, evidence, only


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 under which only balance, posture or coordination work stands, with or without hands-on work."""
    told = facts.note_code
    rows = rows[only(facts, rows, "neuromuscular", "manual", "modality") & (told.classes["neuromuscular"][rows] > 0)]
    return Hits(
        rows, {"code": codes(told.code[rows]), "other": codes(np.full(rows.size, BALANCE))}, evidence(facts, rows)
    )


RULE = Rule(
    code="COD106",
    name="balance-billed-as-activities",
    severity="warning",
    confidence="medium",
    persona="biller",
    also=("therapist",),
    kind="wrong_code",
    over="note_code",
    only_where=UNLIKE_ACTIVITIES,
    message="{code}: the note names balance or coordination work under it and no task",
    remedy=choice("Bill {other} for balance retraining; if a task was practiced, have the clinician say which."),
    sources=("codes-lcd-language-97530", "cms-bpm-15-220.3"),
    find=find,
)
