"""One patient's services claim the same minutes, though each needs a person's whole attention."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.time._minutes import CO_TREATMENT, attended, claimed, minutes_twice


def find(facts: Facts, rows: IntArray) -> Hits:
    """Overlaps within one patient and discipline in which minutes are claimed twice; co-treatment is TIM109."""
    line, overlap = facts.line, facts.overlap
    rows = rows[overlap.same_patient[rows] & (overlap.line[rows] != overlap.other_line[rows])]
    if not rows.size:
        return Hits(rows)
    one, two = overlap.other_line[rows], overlap.line[rows]
    discipline = facts.visit.discipline
    rows = rows[
        attended(facts, one)
        & attended(facts, two)
        & claimed(facts, rows)
        & (discipline[line.visit[one]] == discipline[line.visit[two]])
        & (line.mode[one] != CO_TREATMENT)
        & (line.mode[two] != CO_TREATMENT)
    ]
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
    code="TIM106",
    name="own-services-claim-the-same-minutes",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="time_conflict",
    over="overlap",
    element="start_stop_times",
    message="minutes claimed by both {other} and {code} of the same patient: {minutes}",
    remedy=chart("Which of {other} and {code} was given in the minutes both claim?"),
    sources=("cms-cpm-5-20.3", "cms-ncci-manual-2026-ch11-p"),
    find=find,
)
