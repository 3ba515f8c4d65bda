"""The note stands almost word for word in an earlier note of the patient."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of enough words of which so much stands in the notes of one of the treatment days before."""
    course = facts.course
    rows = rows[course.note_share[rows] > 0]
    if not rows.size:
        return Hits(rows)
    visit = course.visit[rows]
    alike = course.note_share[rows] >= facts.parameter("own/course:note_repeat_percent")[visit]
    long = course.note_words[rows] >= facts.parameter("own/course:note_repeat_words")[visit]
    rows = rows[alike & long]
    return Hits(rows, {"share": course.note_share[rows], "day": days(course.note_day[rows])})


RULE = Rule(
    code="DOC601",
    name="note-repeats-earlier-note",
    severity="warning",
    confidence="medium",
    persona="auditor",
    kind="documentation",
    over="course",
    reads=("own/course:note_repeat_percent", "own/course:note_repeat_words", "own/course:note_repeat_days"),
    message="{share}% of the note stands word for word in the note of {day}",
    remedy=chart("What was different on this day: what was done, with what help, and how did the patient respond?"),
    sources=("cms-bpm-15-220.3", "quarterhour-own-threshold"),
    find=find,
)
