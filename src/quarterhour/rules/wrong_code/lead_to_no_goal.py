"""97530 is billed, and the note directs the activities to nothing."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.wrong_code._told import ABSENT_GRADE, ACTIVITIES, evidence


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 with work told under it, whose note neither names a functional goal nor ties the work to one."""
    told, grades = facts.note_code, facts.note.grades
    rows = rows[(told.code[rows] == ACTIVITIES) & (told.lines[rows] > 0) & (told.told[rows] > 0)]
    if not rows.size:
        return Hits(rows)
    at = told.note[rows]
    rows = rows[(grades["functional_goal"][at] == ABSENT_GRADE) & (grades["goal_linkage"][at] == ABSENT_GRADE)]
    return Hits(rows, {"code": codes(told.code[rows])}, evidence(facts, rows))


RULE = Rule(
    code="COD107",
    name="activities-without-direction",
    severity="info",
    confidence="medium",
    persona="therapist",
    kind="wrong_code",
    over="note_code",
    element="goal_linkage",
    message="{code} is work toward function; the note names no functional goal and ties the activities to none",
    remedy=chart("Toward which goal of the plan of care were the activities under {code} directed?"),
    sources=("codes-lcd-language-97530", "cms-bpm-15-220.3"),
    find=find,
)
