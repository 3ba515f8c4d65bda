"""An evaluation, re-evaluation or discharge note is signed by an assistant alone."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.plan_of_care._signed import BY_ASSISTANT, signed_by_assistant


def find(facts: Facts, rows: IntArray) -> Hits:
    """Evaluations, re-evaluations and discharge notes that only an assistant signed."""
    return signed_by_assistant(facts, rows, ("evaluation", "re-evaluation", "discharge"))


RULE = Rule(
    code="POC202",
    name="evaluation-signed-by-assistant",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="plan_of_care",
    over="note",
    only_where=BY_ASSISTANT,
    applies="progress_reports",
    element="signature",
    message="the evaluation or discharge note is signed by nobody but an assistant: {who}",
    remedy=chart("Which clinician made the evaluation or wrote the discharge note, and when?"),
    sources=("cms-bpm-15-220.3", "cms-bpm-15-230"),
    find=find,
)
