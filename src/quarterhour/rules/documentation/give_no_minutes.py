"""A payer that counts each code by itself gets a note without the minutes of a service."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes, exactly, holds
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed timed services without minutes of their own in the note."""
    told = facts.note_code
    return Hits(rows, {"code": codes(told.code[rows])}, ((told.start[rows], told.end[rows]),))


RULE = Rule(
    code="DOC302",
    name="note-without-service-minutes",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=(holds("lines"), holds("in_total"), exactly("minutes", ABSENT)),
    applies="per_code_minutes",
    element="service_minutes",
    message="the note gives no minutes of {code}, and the payer counts units from the minutes of each code",
    remedy=chart("How many minutes of {code} were given?"),
    sources=("cpt-time-rule",),
    find=find,
)
