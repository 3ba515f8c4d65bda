"""One code has more units than its minutes in the note can give it."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, given
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Timed codes above every allowed allocation of the note's minutes, in visits whose sum of units is in order.

    A sum that is too high is UNT201; a code that the record's minutes give the same share is UNT103.
    """
    told, note = facts.note_code, facts.note
    rows = rows[told.units[rows] > told.units_high[rows]]
    if not rows.size:
        return Hits(rows)
    at = told.note[rows]
    rows = rows[(note.units_billed[at] <= note.units_allowed[at]) & (told.recorded_minutes[rows] != told.minutes[rows])]
    return Hits(
        rows,
        {
            "code": codes(told.code[rows]),
            "billed": told.units[rows],
            "minutes": told.minutes[rows],
            "most": told.units_high[rows],
        },
        ((told.start[rows], told.end[rows]),),
    )


RULE = Rule(
    code="UNT202",
    name="code-units-exceed-minutes-in-note",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="units_over",
    over="note_code",
    only_where=(given("units_high"),),
    rests_on=("unit_method", "cap_units_at_total"),
    reads=("cms/timed_units:minutes_per_unit", "cms/timed_units:first_unit_minimum"),
    message="units of {code}: {billed} billed, at most {most} by its {minutes} minutes in the note",
    remedy=choice("Bill no more than {most} units of {code}, or have the clinician correct the minutes in the note."),
    sources=("cms-cpm-5-20.2", "cms-bpm-15-220.3"),
    find=find,
)
