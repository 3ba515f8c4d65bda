"""97530 is billed, and what the note tells under it was done to the patient."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.wrong_code._told import UNLIKE_ACTIVITIES, evidence, only


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 under which only hands-on work and modalities stand."""
    told = facts.note_code
    rows = rows[only(facts, rows, "manual", "modality")]
    return Hits(rows, {"code": codes(told.code[rows]), "passive": told.told[rows]}, evidence(facts, rows))


RULE = Rule(
    code="COD102",
    name="passive-care-billed-as-activities",
    severity="error",
    confidence="medium",
    persona="biller",
    also=("therapist",),
    kind="wrong_code",
    over="note_code",
    only_where=UNLIKE_ACTIVITIES,
    message="{code}: all that the note tells under it ({passive}) is hands-on work or a modality",
    remedy=choice(
        "Bill the hands-on work or the modality by its own code; if a task was practiced, have the clinician say which."
    ),
    sources=("codes-lcd-language-97530", "cms-bpm-15-220.3"),
    find=find,
)
