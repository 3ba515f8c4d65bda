"""More timed units are billed than the note's stated total of timed minutes makes."""

from __future__ import annotations

from quarterhour.policy.payers import UNIT_METHODS
from quarterhour.rules.contract import Hits, Rule, choice, given
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.units._noted import within_record

_TOTAL_TIME = UNIT_METHODS.index("cms")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits whose timed units are above what the stated total makes, though the services' minutes would support them.

    Only a payer that counts the day's total is asked; a stated total says nothing of codes that count by themselves.
    """
    note = facts.note
    rows = rows[note.units_billed[rows] > note.units_stated[rows]]
    if not rows.size:
        return Hits(rows)
    total_time = facts.term("unit_method")[note.visit[rows]] == _TOTAL_TIME
    by_services = (note.units_allowed[rows] != ABSENT) & (note.units_billed[rows] > note.units_allowed[rows])
    rows = rows[total_time & ~by_services & within_record(facts, rows)]
    return Hits(
        rows,
        {
            "billed": note.units_billed[rows],
            "minutes": note.total_timed_minutes[rows],
            "allowed": note.units_stated[rows],
        },
        ((note.starts["total_timed_minutes"][rows], note.ends["total_timed_minutes"][rows]),),
    )


RULE = Rule(
    code="UNT204",
    name="units-exceed-total-stated-in-note",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="units_over",
    over="note",
    only_where=(given("units_stated"),),
    rests_on=("unit_method", "cap_units_at_total"),
    reads=("cms/timed_units:minutes_per_unit", "cms/timed_units:first_unit_minimum"),
    message="{billed} timed units billed; the note states {minutes} timed minutes in all, which make {allowed}",
    remedy=choice("Bill {allowed} timed units, or have the clinician settle which minutes are right first."),
    sources=("cms-cpm-5-20.2", "cms-bpm-15-220.3"),
    find=find,
)
