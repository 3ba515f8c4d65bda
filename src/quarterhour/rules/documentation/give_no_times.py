"""A payer that asks for start and stop times gets a note without."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, exactly, holds
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed timed services whose note has no clock times, on lines without an interval."""
    told = facts.note_code
    rows = rows[(facts.line.intervals[told.line[rows]] == 0)]
    return Hits(rows, {"code": codes(told.code[rows])})


RULE = Rule(
    code="DOC301",
    name="note-without-times",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=(holds("lines"), holds("in_total"), exactly("grades.start_stop_times", NOTHING)),
    applies="start_stop_times",
    element="start_stop_times",
    message="{code} has no start and stop time in note or record, which the payer asks for",
    remedy=chart("When did {code} begin and end?"),
    sources=("commercial-practice",),
    find=find,
)
