"""What the note tells under a code is the content of another one."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, exactly, given, holds
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.note_codes import ACTIVITIES
from quarterhour.rules.wrong_code._told import evidence


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed codes other than 97530 under which nothing of their own content stands, but something of another's."""
    told = facts.note_code
    rows = rows[(told.code[rows] != ACTIVITIES) & (told.classes["unspecified"][rows] == 0)]
    return Hits(rows, {"code": codes(told.code[rows]), "other": codes(told.better[rows])}, evidence(facts, rows))


RULE = Rule(
    code="COD108",
    name="content-of-another-code",
    severity="warning",
    confidence="low",
    persona="biller",
    also=("therapist",),
    kind="wrong_code",
    over="note_code",
    only_where=(holds("lines"), holds("told"), exactly("fitting", 0), given("better")),
    message="{code}: what the note tells under it is the content of {other}",
    remedy=choice("Bill {other} if that is what was done; if not, have the clinician say what was done under {code}."),
    sources=("cms-bpm-15-220.3", "codes-own-knowledge"),
    find=find,
)
