"""The report as a FHIR OperationOutcome."""

from __future__ import annotations

from typing import Any

from quarterhour.interchange.fhir.writing.outcome import outcome
from quarterhour.interchange.fhir.writing.pen import text_of


def text(report: dict[str, Any]) -> str:
    """One issue a finding."""
    return text_of(outcome(report))
