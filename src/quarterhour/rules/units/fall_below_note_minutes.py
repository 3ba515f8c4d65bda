"""Fewer timed units are billed than the minutes in the note support."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, given
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.units._noted import record_allows


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes that give minutes for every timed code, of visits with fewer timed units than those minutes make.

    Units that the record's own minutes would support as well are another rule's (UNT102).
    """
    note = facts.note
    rows = rows[note.units_billed[rows] < note.units_allowed[rows]]
    if not rows.size:
        return Hits(rows)
    rows = rows[note.units_billed[rows] >= record_allows(facts, rows)]
    return Hits(
        rows,
        {
            "billed": note.units_billed[rows],
            "minutes": note.service_minutes[rows],
            "allowed": note.units_allowed[rows],
        },
        ((note.starts["service_minutes"][rows], note.ends["service_minutes"][rows]),),
    )


RULE = Rule(
    code="UNT203",
    name="units-below-minutes-in-note",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="units_under",
    over="note",
    only_where=(given("units_billed"), given("units_allowed")),
    rests_on=("unit_method", "cap_units_at_total"),
    reads=("cms/timed_units:minutes_per_unit", "cms/timed_units:first_unit_minimum"),
    message="{billed} timed units billed; the note has {minutes} timed minutes, which support {allowed}",
    remedy=choice("Bill {allowed} timed units if the note's minutes are right; a service left out needs its own line."),
    sources=("cms-cpm-5-20.2", "cms-bpm-15-220.3"),
    find=find,
)
