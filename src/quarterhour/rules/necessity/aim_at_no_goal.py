"""Neither the note nor the plan of care in the record has a goal the work is aimed at."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, below, chart, exactly
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a billed treatment that name no goal and tie the work to none, where the record has no goal either."""
    return Hits(rows[treated(facts)[rows]])


RULE = Rule(
    code="NEC104",
    name="treatment-without-aim",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="necessity",
    over="note",
    only_where=(
        exactly("grades.functional_goal", NOTHING),
        exactly("grades.goal_linkage", NOTHING),
        below("visit.goals", 1),
    ),
    needs=("visit.plan_given",),
    element="functional_goal",
    message="neither the note nor the plan in the record has a goal that the treatment is aimed at",
    remedy=chart("Which outcome, measured how and by when, is the treatment to reach?"),
    sources=("cms-bpm-15-220.1.2", "cms-bpm-15-220.2"),
    find=find,
)
