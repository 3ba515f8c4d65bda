"""The questions to a clinician as text to send on, with the reason of each and no answer in any."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

ADDENDUM: Final = (
    "To answer: a dated addendum by who furnished the treatment, of what happened and nothing else. What nobody "
    "remembers stays unanswered."
)


def text(answer: dict[str, Any]) -> str:
    """The questions of a draft; those a rule asks first. Empty where there is none."""
    return "\n".join([*_lines(answer["questions"]), ADDENDUM]) if answer["questions"] else ""


def _lines(questions: list[dict[str, Any]]) -> Iterator[str]:
    for (path, number), ours in groupby(questions, key=lambda one: (one["path"], one["visit"])):
        asked = list(ours)
        named = f"visit {asked[0]['visit_id']}" if asked[0]["visit_id"] else f"visit {number}" if number > 1 else ""
        if title := "  ".join(filter(None, ("" if path == "-" else path, named))):
            yield title
        for ruled, some in groupby(asked, key=lambda one: one["rule"] is not None):
            if not ruled:
                yield "Not asked for by a rule here, of use to a reviewer:"
            for one in some:
                rule = f" ({one['rule']})" if one["rule"] else ""
                yield f"- {one['question']}"
                yield f"  {one['because']}{rule}"
        yield ""
