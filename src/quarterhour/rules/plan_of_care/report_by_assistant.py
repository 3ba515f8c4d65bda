"""A progress report is signed by an assistant alone."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.plan_of_care._signed import BY_ASSISTANT, signed_by_assistant


def find(facts: Facts, rows: IntArray) -> Hits:
    """Progress reports that only an assistant signed."""
    return signed_by_assistant(facts, rows, ("progress",))


RULE = Rule(
    code="POC201",
    name="progress-report-signed-by-assistant",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="plan_of_care",
    over="note",
    only_where=BY_ASSISTANT,
    applies="progress_reports",
    element="signature",
    message="the progress report is signed by nobody but an assistant: {who}",
    remedy=chart("Which clinician assessed the progress and set the plan, and on which day did they write it down?"),
    sources=("cms-bpm-15-220.3", "cms-bpm-15-230"),
    find=find,
)
