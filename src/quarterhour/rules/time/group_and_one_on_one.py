"""Group treatment and one-on-one treatment claim the same minutes."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.time._minutes import attended, by_one_person, in_group, minutes_twice


def find(facts: Facts, rows: IntArray) -> Hits:
    """Overlaps of a group code with one that allows one patient: of one patient, or of one therapist with two."""
    line, overlap = facts.line, facts.overlap
    one, two = overlap.other_line[rows], overlap.line[rows]
    rows = rows[
        ((in_group(facts, one) & attended(facts, two)) | (attended(facts, one) & in_group(facts, two)))
        & line.billed[one]
        & line.billed[two]
    ]
    if not rows.size:
        return Hits(rows)
    rows = rows[overlap.same_patient[rows] | by_one_person(facts, rows)]
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
    code="TIM108",
    name="group-and-one-on-one-in-the-same-minutes",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="time_conflict",
    over="overlap",
    element="one_on_one_or_group",
    message="minutes claimed both one-on-one and as a group, {other} and {code}: {minutes}",
    remedy=chart("Was the patient treated in the group or one-on-one in those minutes?"),
    sources=("codes-cms-tr1753",),
    find=find,
)
