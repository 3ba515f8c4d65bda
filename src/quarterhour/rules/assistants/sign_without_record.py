"""The note is signed by an assistant alone, and the record has neither assistant minutes nor the modifier."""

from __future__ import annotations

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.policy.providers import STANDINGS
from quarterhour.rules.contract import Hits, Rule, choice, codes, exactly, holds, words
from quarterhour.rules.facts import Facts, IntArray

_ASSISTANT = STANDINGS.index("assistant")
_WITHOUT_ASSISTANTS = 1 + DISCIPLINES.index("SLP")


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed services without assistant minutes and without CQ or CO, of notes that only an assistant signed.

    Evaluations are no assistant's to furnish, so there it is not the modifier that is wrong.
    """
    told, note, line = facts.note_code, facts.note, facts.line
    rows = rows[(facts.visit.discipline[told.visit[rows]] != _WITHOUT_ASSISTANTS)]
    if not rows.size:
        return Hits(rows)
    at = told.line[rows]
    rows = rows[
        (line.assistant_minutes[at] <= 0)
        & (line.modifiers[at] & facts.modifiers("assistant") == 0)
        & ~facts.of_kind(told.kind[rows], "evaluation", "re-evaluation")
    ]
    of = told.note[rows]
    return Hits(
        rows,
        {"code": codes(told.code[rows]), "who": words(note.signer[of], facts.provider_labels)},
        ((note.starts["signature"][of], note.ends["signature"][of]),),
    )


RULE = Rule(
    code="AST201",
    name="assistant-in-note-not-in-record",
    severity="error",
    confidence="medium",
    persona="biller",
    kind="assistant_modifier",
    over="note_code",
    only_where=(holds("lines"), exactly("note.signer_standing", _ASSISTANT)),
    applies="assistant_modifiers",
    message="{who} alone signed the note; the record has no assistant minutes and neither CQ nor CO for {code}",
    remedy=choice("Record the assistant's minutes of {code} and add CQ or CO where they call for it."),
    sources=("cms-cpm-5-20.1", "cms-bpm-15-220.3"),
    find=find,
)
