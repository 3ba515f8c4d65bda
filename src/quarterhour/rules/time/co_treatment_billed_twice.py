"""Two disciplines bill the same minutes of one patient in full."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.time._minutes import CO_TREATMENT, attended, minutes_twice


def find(facts: Facts, rows: IntArray) -> Hits:
    """Overlaps of one patient between disciplines, or marked as co-treatment, with minutes claimed twice."""
    line, overlap = facts.line, facts.overlap
    rows = rows[overlap.same_patient[rows] & (overlap.line[rows] != overlap.other_line[rows])]
    if not rows.size:
        return Hits(rows)
    one, two = overlap.other_line[rows], overlap.line[rows]
    discipline = facts.visit.discipline
    together = (
        (discipline[line.visit[one]] != discipline[line.visit[two]])
        | (line.mode[one] == CO_TREATMENT)
        | (line.mode[two] == CO_TREATMENT)
    )
    rows = rows[together & attended(facts, one) & attended(facts, two) & line.billed[one] & line.billed[two]]
    minutes = minutes_twice(facts, rows)
    rows, minutes = rows[minutes > 0], minutes[minutes > 0]
    return Hits(
        rows,
        {
            "minutes": minutes,
            "code": codes(line.code[overlap.line[rows]]),
            "other": codes(overlap.other_code[rows]),
        },
    )


RULE = Rule(
    code="TIM109",
    name="co-treatment-billed-twice",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="overlap",
    element="start_stop_times",
    message="co-treatment minutes billed in full on both sides, {other} and {code}: {minutes}",
    remedy=choice("The therapists split the {minutes} minutes, or one of them bills them all."),
    sources=("cms-cpm-5-20.3", "cotreatment-articles"),
    find=find,
)
