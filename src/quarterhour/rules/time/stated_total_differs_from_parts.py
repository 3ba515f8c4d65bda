"""The note's total of timed minutes is not the sum of its services."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, given
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.note_codes import of_notes


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes whose stated total of timed minutes differs from the sum of their timed services.

    A total above the sum is none of ours while a billed timed code has no minutes in the note: it may hold them.
    """
    note, told = facts.note, facts.note_code
    stated, parts = note.total_timed_minutes[rows], note.service_minutes[rows]
    rows = rows[stated != parts]
    if not rows.size:
        return Hits(rows)
    silent = of_notes(facts, told.in_total & (told.lines > 0) & (told.minutes == ABSENT))
    above = note.total_timed_minutes[rows] > note.service_minutes[rows]
    rows = rows[~above | ~silent[rows]]
    return Hits(
        rows,
        {"stated": note.total_timed_minutes[rows], "parts": note.service_minutes[rows]},
        (
            (note.starts["total_timed_minutes"][rows], note.ends["total_timed_minutes"][rows]),
            (note.starts["service_minutes"][rows], note.ends["service_minutes"][rows]),
        ),
    )


RULE = Rule(
    code="TIM202",
    name="note-total-differs-from-its-parts",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="note",
    only_where=(given("total_timed_minutes"), given("service_minutes")),
    element="total_timed_minutes",
    message="the note states {stated} timed minutes in all; its timed services add up to {parts}",
    remedy=chart("Which is right, the stated {stated} timed minutes or the {parts} of the services?"),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.2"),
    find=find,
)
