"""More timed units are billed than the minutes in the note support."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, given
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.units._noted import within_record


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes that give minutes for every timed code, of visits with more timed units than those minutes make.

    Units that the record's own minutes do not support either are UNT101.
    """
    note = facts.note
    rows = rows[note.units_billed[rows] > note.units_allowed[rows]]
    if not rows.size:
        return Hits(rows)
    rows = rows[within_record(facts, rows)]
    return Hits(
        rows,
        {
            "billed": note.units_billed[rows],
            "minutes": note.service_minutes[rows],
            "allowed": note.units_allowed[rows],
        },
        (
            (note.starts["service_minutes"][rows], note.ends["service_minutes"][rows]),
            (note.starts["total_timed_minutes"][rows], note.ends["total_timed_minutes"][rows]),
        ),
    )


RULE = Rule(
    code="UNT201",
    name="units-exceed-minutes-in-note",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="units_over",
    over="note",
    only_where=(given("units_allowed"),),
    rests_on=("unit_method", "cap_units_at_total"),
    reads=("cms/timed_units:minutes_per_unit", "cms/timed_units:first_unit_minimum"),
    message="{billed} timed units billed; the note has {minutes} timed minutes, which support {allowed}",
    remedy=choice("Bill {allowed} timed units, or have the clinician correct minutes that are wrong in the note."),
    sources=("cms-cpm-5-20.2", "cms-bpm-15-220.3"),
    find=find,
)
