"""By the clock times of the note, two services claim the same minutes, each of which needs a person for itself."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, fails, holds
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.time._minutes import attended, in_group


def find(facts: Facts, rows: IntArray) -> Hits:
    """Services of one note with common minutes, both attended one-on-one, or one of them in a group."""
    line, overlap = facts.line, facts.note_overlap
    one, two = overlap.other_line[rows], overlap.line[rows]
    alone, other_alone = attended(facts, two), attended(facts, one)
    rows = rows[(alone & other_alone) | (alone & in_group(facts, one)) | (in_group(facts, two) & other_alone)]
    return Hits(
        rows,
        {
            "minutes": overlap.told_twice[rows],
            "code": codes(line.code[overlap.line[rows]]),
            "other": codes(line.code[overlap.other_line[rows]]),
        },
        ((overlap.other_start[rows], overlap.other_end[rows]), (overlap.start[rows], overlap.end[rows])),
    )


RULE = Rule(
    code="TIM210",
    name="note-claims-minutes-twice",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="note_overlap",
    only_where=(fails("joint"), holds("told_twice")),
    element="start_stop_times",
    message="by the note's clock times, minutes claimed by both {other} and {code}: {minutes}",
    remedy=chart("Which of {other} and {code} was given in the minutes both claim?"),
    sources=("cms-cpm-5-20.3", "codes-cms-tr1753"),
    find=find,
)
