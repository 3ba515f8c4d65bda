"""Minutes are an assistant's, and the record names no assistant."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits without a named assistant that have minutes of one."""
    visit, line = facts.visit, facts.line
    of = np.flatnonzero(line.assistant_minutes > 0)
    if not of.size:
        return Hits(of)
    assistant = line.assistant_minutes[of]
    minutes = np.bincount(line.visit[of], weights=assistant, minlength=visit.visit.size).astype(np.int64)
    unnamed = (minutes[rows] > 0) & ~visit.assistant_given[rows]
    # A record whose therapist is an assistant does name one; that it names nobody else is another rule's sentence.
    credential = visit.therapist_credential[rows]
    unnamed &= ~((credential >= 0) & (facts.provider("assistant_of")[credential] > 0))
    return Hits(rows[unnamed], {"assistant": minutes[rows[unnamed]]})


RULE = Rule(
    code="AST109",
    name="assistant-minutes-without-assistant",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="visit",
    applies="treatment_note",
    # A record that names nobody at all is incomplete, not at fault.
    needs=("therapist",),
    message="{assistant} minutes are an assistant's, but the record names no assistant",
    remedy=chart("Which assistant furnished the {assistant} minutes, and under whose supervision?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
