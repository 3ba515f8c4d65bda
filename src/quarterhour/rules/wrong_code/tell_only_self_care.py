"""97530 is billed, and what the note tells under it is self-care."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, choice, codes, exactly, holds
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import ACTIVITIES
from quarterhour.rules.wrong_code._told import SELF_CARE, evidence, only


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 under which only dressing, washing, eating and the like stand."""
    told = facts.note_code
    rows = rows[told.classes["self_care"][rows] > 0]
    if not rows.size:
        return Hits(rows)
    rows = rows[only(facts, rows, "self_care", "cognition")]
    other = codes(np.full(rows.size, SELF_CARE))
    return Hits(rows, {"code": codes(told.code[rows]), "other": other}, evidence(facts, rows))


RULE = Rule(
    code="COD104",
    name="self-care-billed-as-activities",
    severity="warning",
    confidence="low",
    persona="biller",
    also=("therapist",),
    kind="wrong_code",
    over="note_code",
    only_where=(exactly("code", ACTIVITIES), holds("lines")),
    message="{code}: all that the note tells under it is self-care, which is the content of {other}",
    remedy=choice(
        "Bill {other} if the self-care task was taught; keep {code} if it was the means to regain movement, and say so."
    ),
    sources=("cms-bpm-15-230", "codes-own-knowledge"),
    find=find,
)
