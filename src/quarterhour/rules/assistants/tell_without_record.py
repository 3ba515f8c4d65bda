"""The note tells of an assistant's work, signed by a therapist too; the record has neither minutes nor modifier."""

from __future__ import annotations

import numpy as np

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, Shown, chart, codes, given, holds, on_a_line, on_a_line_of, words
from quarterhour.rules.facts import ABSENT, Facts, IntArray

_ASSISTANT = STANDINGS.index("assistant")
_WITHOUT_ASSISTANTS = 1 + DISCIPLINES.index("SLP")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed services of which the note says that an assistant gave them, without assistant minutes, CQ or CO.

    A record that has them on any line of the code has told it; on any line at all where the note speaks of the visit
    as a whole. A note that only an assistant signed is AST201.
    """
    told, note, line = facts.note_code, facts.note, facts.line
    marked = (line.assistant_minutes > 0) | (line.modifiers & facts.modifiers("assistant") != 0)
    recorded = np.where(
        told.assistant_by_service[rows],
        on_a_line_of(facts, marked, told.visit[rows], told.code[rows]),
        on_a_line(facts, marked)[told.visit[rows]],
    )
    rows = rows[
        ~recorded
        & (facts.visit.discipline[told.visit[rows]] != _WITHOUT_ASSISTANTS)
        & (note.signer_standing[told.note[rows]] != _ASSISTANT)
        & ~facts.of_kind(told.kind[rows], "evaluation", "re-evaluation")
    ]
    return Hits(
        rows,
        {"code": codes(told.code[rows]), "what": _what(told.assistant_minutes[rows])},
        ((told.assistant_start[rows], told.assistant_end[rows]),),
    )


def _what(minutes: IntArray) -> Shown:
    """The minutes the note gives the assistant, or that it gives none."""
    some = np.unique(minutes[minutes != ABSENT])
    labels = ("work", *(f"{number} min" for number in some.tolist()))
    return words(np.where(minutes == ABSENT, 0, 1 + np.searchsorted(some, minutes)), labels)


RULE = Rule(
    code="AST204",
    name="assistant-told-not-in-record",
    severity="warning",
    confidence="medium",
    persona="therapist",
    also=("biller",),
    kind="assistant_modifier",
    over="note_code",
    only_where=(holds("lines"), given("assistant_start")),
    applies="assistant_modifiers",
    message="the note tells of {what} by an assistant; the record has no assistant minutes, CQ or CO for {code}",
    remedy=chart("Which minutes of {code} did the assistant furnish alone, and which the therapist?"),
    sources=("cms-cpm-5-20.1", "cms-bpm-15-220.3"),
    find=find,
)
