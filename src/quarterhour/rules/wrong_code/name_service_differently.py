"""A code is billed whose work the note tells under the name of another one."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.wrong_code._instead import TIMED_NOT_DONE, instead


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed timed codes not named as done, whose kind of work is told, beside one timed service that is not billed."""
    told = facts.note_code
    rows, other = instead(facts, rows)
    described = told.fitting_in_note[rows] > 0
    rows, other = rows[described], other[described]
    return Hits(
        rows,
        {"code": codes(told.code[rows]), "other": codes(told.code[other]), "minutes": told.minutes[other]},
        ((told.start[other], told.end[other]),),
    )


RULE = Rule(
    code="COD110",
    name="service-under-another-name",
    severity="warning",
    confidence="medium",
    persona="biller",
    also=("therapist",),
    kind="wrong_code",
    over="note_code",
    only_where=TIMED_NOT_DONE,
    message="{code}: the note calls its {minutes} minutes {other}, though such work is described",
    remedy=choice("Bill the code the therapist chose, or ask which of {code} and {other} the minutes were."),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
