"""A code is billed that the note does not have, while a service that it has is not billed."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.wrong_code._instead import TIMED_NOT_DONE, instead


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed timed codes neither named as done nor described, beside one timed service that is done and not billed."""
    told = facts.note_code
    rows, other = instead(facts, rows)
    bare = told.fitting_in_note[rows] == 0
    rows, other = rows[bare], other[bare]
    return Hits(
        rows,
        {"code": codes(told.code[rows]), "other": codes(told.code[other]), "minutes": told.minutes[other]},
        ((told.start[other], told.end[other]), (told.start[rows], told.end[rows])),
    )


RULE = Rule(
    code="COD109",
    name="another-service-in-note",
    severity="error",
    confidence="medium",
    persona="biller",
    also=("therapist",),
    kind="wrong_code",
    over="note_code",
    only_where=TIMED_NOT_DONE,
    message="{code} is billed and not described; the note has {minutes} minutes of {other}, which is not billed",
    remedy=choice(
        "Bill {other} if that is what was done; if {code} was given too, the clinician has to say what and how long."
    ),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
