"""The report as one JSON document, exactly as the outward contract has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from quarterhour.cli.output import as_json

#: Where the findings go in a report that has none.
_NONE: Final = '\n  "findings": []'
_INDENT: Final = "\n    "


def pieces(report: dict[str, Any]) -> Iterator[str]:
    """The whole report, finding by finding, so that not all of them need be held."""
    before, none, after = as_json(report | {"findings": []}).partition(_NONE)
    yield before
    first = True
    for finding in report["findings"]:
        yield (none[:-1] if first else ",") + _INDENT + as_json(finding).replace("\n", _INDENT)
        first = False
    yield none if first else "\n  ]"
    yield after
