"""The report as one JSON document, exactly as the outward contract has it."""

from __future__ import annotations

from typing import Any

from quarterhour.cli.output import as_json


def text(report: dict[str, Any]) -> str:
    """The whole report."""
    return as_json(report)
