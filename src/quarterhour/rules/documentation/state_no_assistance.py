"""The note states no level of help or cueing for the activities."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.documentation._reading import activities_graded
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import NOTHING


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed 97530 whose note has nothing of it."""
    return Hits(rows, {"code": codes(facts.note_code.code[rows])})


RULE = Rule(
    code="DOC201",
    name="assistance-not-stated",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="note_code",
    only_where=activities_graded("assistance_level", NOTHING),
    element="assistance_level",
    message="the note states no level of help and no cue for the activities under {code}",
    remedy=chart("What help or cueing did the patient need for the activities, and how much?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
