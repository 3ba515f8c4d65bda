"""A billed service stands in the note only as planned, declined or done before."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, holds
from quarterhour.rules.documentation._reading import UNTOLD
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed codes the note names, but never as done today, and whose work it does not tell either."""
    told = facts.note_code
    asked = facts.parameter("cms/treatment_note:interventions")[told.visit[rows]] > 0
    rows = rows[asked]
    return Hits(rows, {"code": codes(told.code[rows])}, ((told.start[rows], told.end[rows]),))


RULE = Rule(
    code="DOC102",
    name="billed-service-not-done-in-note",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="documentation",
    over="note_code",
    only_where=(*UNTOLD, holds("mentioned")),
    applies="treatment_note",
    reads=("cms/treatment_note:interventions",),
    element="activities",
    message="{code} is billed; the note speaks of it only as planned, not done, done before or done elsewhere",
    remedy=choice("Bill the service the note describes, or have the clinician add what was done under {code}."),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
