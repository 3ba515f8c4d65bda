"""The findings as JSON, one a line: for programs that read line by line. What else a report says is in ``json``."""

from __future__ import annotations

from typing import Any

from quarterhour.domain.json import dumps


def text(report: dict[str, Any]) -> str:
    """One finding a line, in the form it has in the JSON report; nothing for no findings."""
    return "".join(f"{dumps(finding)}\n" for finding in report["findings"])
