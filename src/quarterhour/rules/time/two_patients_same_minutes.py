"""One therapist bills two patients one-on-one for the same minutes."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, one_of
from quarterhour.rules.facts import BoolArray, Facts, IntArray
from quarterhour.rules.time._minutes import CONCURRENT, GROUP, attended, by_one_person, minutes_twice


def find(facts: Facts, rows: IntArray) -> Hits:
    """Overlaps of one therapist with two patients, both in a service that allows one patient.

    Lines that say they were a group or concurrent are wrong by themselves (TIM110, TIM112).
    """
    line, overlap = facts.line, facts.overlap
    rows = rows[by_one_person(facts, rows)]
    if not rows.size:
        return Hits(rows)
    one, two = overlap.other_line[rows], overlap.line[rows]

    def alone(lines: IntArray) -> BoolArray:
        several = one_of(line.mode[lines], (GROUP, CONCURRENT))
        return attended(facts, lines) & line.billed[lines] & ~several

    rows = rows[alone(one) & alone(two)]
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
    code="TIM107",
    name="two-patients-in-the-same-minutes",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="overlap",
    element="start_stop_times",
    message="minutes of {code} that the same therapist also bills one-on-one for another patient's {other}: {minutes}",
    remedy=chart("Who was with which patient in those minutes, or were both treated as a group?"),
    sources=("codes-cms-tr1753", "cms-cpm-5-20.3"),
    find=find,
)
