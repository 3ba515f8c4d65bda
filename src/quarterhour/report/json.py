"""The report as one JSON document, exactly as the outward contract has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from quarterhour.domain.json import dumps

#: Where the findings go in a report that has none.
_NONE: Final = '\n  "findings": []'
_INDENT: Final = "\n    "


def pieces(report: dict[str, Any]) -> Iterator[str]:
    """The whole report, finding by finding, so that not all of them need be held."""
    before, none, after = dumps(report | {"findings": []}, indent=2).partition(_NONE)
    yield before
    first = True
    for finding in report["findings"]:
        yield (none[:-1] if first else ",") + _INDENT + dumps(finding, indent=2).replace("\n", _INDENT)
        first = False
    yield none if first else "\n  ]"
    yield after
