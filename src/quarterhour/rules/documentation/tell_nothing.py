"""The note tells no treatment at all, and nothing was billed by it yet."""

from __future__ import annotations

from typing import Final

from quarterhour.rules.contract import Hits, Rule, chart, exactly, fails
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING

#: What even the thinnest note of a treatment shows one of.
_OF_TREATMENT: Final = (
    "activities", "service_minutes", "total_timed_minutes", "total_treatment_time", "start_stop_times",
    "assistance_level", "patient_response", "goal_linkage", "skilled_rationale", "progress",
)  # fmt: skip


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of visits without a line that name no service and show nothing of a treatment.

    Where lines are billed, DOC101 says so.
    """
    return Hits(rows)


RULE = Rule(
    code="DOC114",
    name="note-tells-no-treatment",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note",
    only_where=(
        fails("services"),
        fails("visit.lines"),
        *(exactly(f"grades.{element}", NOTHING) for element in _OF_TREATMENT),
    ),
    applies="treatment_note",
    element="activities",
    message="the note tells no treatment: no service, activity, minutes, help, response or change",
    remedy=chart("Was the patient treated at this visit, and with what?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
