"""Note and record differ in the total treatment time."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, given
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes whose treatment time is another than the recorded one."""
    note, visit = facts.note, facts.visit
    noted, recorded = note.total_treatment_minutes[rows], visit.total_treatment_minutes[note.visit[rows]]
    rows = rows[noted != recorded]
    return Hits(
        rows,
        {"noted": note.total_treatment_minutes[rows], "recorded": visit.total_treatment_minutes[note.visit[rows]]},
        ((note.starts["total_treatment_time"][rows], note.ends["total_treatment_time"][rows]),),
    )


RULE = Rule(
    code="TIM205",
    name="note-treatment-time-differs-from-record",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="note",
    only_where=(given("total_treatment_minutes"), given("visit.total_treatment_minutes")),
    element="total_treatment_time",
    message="{noted} minutes of treatment in the note, {recorded} in the record",
    remedy=chart("Which is right, {noted} or {recorded} minutes of treatment in all?"),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.2"),
    find=find,
)
