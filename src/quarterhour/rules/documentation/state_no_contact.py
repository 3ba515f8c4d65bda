"""Neither note nor record states that the activities were given one-on-one."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.documentation._reading import activities_graded
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.note_codes import NOTHING


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 whose note does not say one-on-one or group, on a line without a mode."""
    told = facts.note_code
    rows = rows[facts.line.mode[told.line[rows]] == ABSENT]
    return Hits(rows, {"code": codes(told.code[rows])})


RULE = Rule(
    code="DOC209",
    name="contact-not-stated",
    severity="info",
    confidence="medium",
    persona="auditor",
    kind="documentation",
    over="note_code",
    only_where=activities_graded("one_on_one_or_group", NOTHING),
    element="one_on_one_or_group",
    message="{code} is direct one-on-one work; neither the note nor the record states how it was given",
    remedy=chart("Was the patient treated alone, in a group, or beside another patient?"),
    sources=("cms-ncci-manual-2026-ch11-p", "cms-cpm-5-20.3"),
    find=find,
)
