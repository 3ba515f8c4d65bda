"""A one-on-one code is billed, and the note describes a group."""

from __future__ import annotations

import numpy as np

from quarterhour.domain.visit import DISCIPLINES, MODES
from quarterhour.rules.contract import Hits, Rule, choice, codes, exactly, fails, given, holds
from quarterhour.rules.facts import BoolArray, Facts, IntArray
from quarterhour.rules.wrong_code._told import GROUP, ONE_ON_ONE, SPEECH_GROUP

_GROUP_MODE = MODES.index("group")
_SPEECH = 1 + DISCIPLINES.index("SLP")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed treatments of one-on-one contact whose note says that several were treated together.

    A note that also says one-on-one, or names a group service beside, leaves open which of them the words are about. A
    line that is recorded as group is wrong by itself (TIM110).
    """
    told, note = facts.note_code, facts.note
    rows = rows[told.in_total[rows] | facts.of_kind(told.kind[rows], "untimed")]
    rows = rows[(facts.line.mode[told.line[rows]] != _GROUP_MODE)]
    at = told.note[rows]
    return Hits(
        rows,
        {"code": codes(told.code[rows]), "other": codes(np.where(_speech(facts, rows), SPEECH_GROUP, GROUP))},
        ((told.start[rows], told.end[rows]), (note.group_start[at], note.group_end[at])),
    )


def _speech(facts: Facts, rows: IntArray) -> BoolArray:
    """Whether the visit is one of speech-language pathology, which has a group code of its own."""
    return np.equal(facts.visit.discipline[facts.note.visit[facts.note_code.note[rows]]], _SPEECH)


RULE = Rule(
    code="COD105",
    name="group-described-under-one-on-one-code",
    severity="error",
    confidence="medium",
    persona="biller",
    also=("therapist",),
    kind="wrong_code",
    over="note_code",
    only_where=(
        exactly("contact", ONE_ON_ONE),
        holds("lines"),
        given("note.group_start"),
        fails("note.one_on_one"),
        fails("note.group_service"),
    ),
    message="{code} is for one patient at a time; the note says that several were treated together",
    remedy=choice("Bill {other} once for the group time; keep {code} only for minutes the note shows as one-on-one."),
    sources=("codes-cms-tr1753", "cms-cpm-5-20.3"),
    find=find,
)
