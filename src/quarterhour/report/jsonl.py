"""The findings as JSON, one a line: for programs that read line by line. What else a report says is in ``json``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quarterhour.domain.json import dumps


def pieces(report: dict[str, Any]) -> Iterator[str]:
    """One finding a line, in the form it has in the JSON report; nothing for no findings."""
    return (f"{dumps(finding)}\n" for finding in report["findings"])
