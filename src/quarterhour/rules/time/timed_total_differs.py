"""Note and record differ in the total of timed minutes."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, given
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes whose stated total of timed minutes is another than the recorded one."""
    note, visit = facts.note, facts.visit
    noted, recorded = note.total_timed_minutes[rows], visit.total_timed_minutes[note.visit[rows]]
    rows = rows[noted != recorded]
    return Hits(
        rows,
        {"noted": note.total_timed_minutes[rows], "recorded": visit.total_timed_minutes[note.visit[rows]]},
        ((note.starts["total_timed_minutes"][rows], note.ends["total_timed_minutes"][rows]),),
    )


RULE = Rule(
    code="TIM208",
    name="note-timed-total-differs-from-record",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="note",
    only_where=(given("total_timed_minutes"), given("visit.total_timed_minutes")),
    element="total_timed_minutes",
    message="{noted} timed minutes in all in the note, {recorded} in the record",
    remedy=chart("Which is right, {noted} or {recorded} timed minutes in all?"),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.2"),
    find=find,
)
