"""KX attests that the service is necessary, and the note gives neither a reason for skill nor progress."""

from __future__ import annotations

from quarterhour.domain.reading import GRADES
from quarterhour.rules.contract import Hits, Rule, chart, codes
from quarterhour.rules.facts import Facts, IntArray

_ABSENT = GRADES.index("absent")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed services with KX whose note tells neither why a therapist was needed nor how the patient compares."""
    told, grades = facts.note_code, facts.note.grades
    rows = rows[told.lines[rows] > 0]
    rows = rows[facts.line.modifiers[told.line[rows]] & facts.modifiers("threshold") != 0]
    if not rows.size:
        return Hits(rows)
    at = told.note[rows]
    rows = rows[(grades["skilled_rationale"][at] == _ABSENT) & (grades["progress"][at] == _ABSENT)]
    return Hits(rows, {"code": codes(told.code[rows])}, ((told.start[rows], told.end[rows]),))


RULE = Rule(
    code="MOD203",
    name="kx-without-words-of-need",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="modifier_unsupported",
    over="note_code",
    applies="kx_threshold",
    modifiers=("threshold",),
    message="KX attests that {code} is necessary; the note tells no reason for skilled care and no progress",
    remedy=chart(
        "Why did this patient need a therapist's skill on that day, and what has changed since the last report?"
    ),
    sources=("cms-cpm-5-10.3", "cms-bpm-15-220.2"),
    find=find,
)
