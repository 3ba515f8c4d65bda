"""What several rules of this family ask of a note."""

from __future__ import annotations

from quarterhour.rules.facts import BoolArray, Facts, IntArray
from quarterhour.rules.note_codes import MODALITIES, WHOLE, of_notes


def only_modalities(facts: Facts) -> BoolArray:
    """Whether modalities are billed for the visit of a note, and nothing else is billed or told as done."""
    told = facts.note_code
    passive = facts.of_kind(told.kind, *MODALITIES)
    active = ~passive & ((told.lines > 0) | told.performed)
    return of_notes(facts, passive & (told.lines > 0)) & ~of_notes(facts, active)


def without(facts: Facts, rows: IntArray, *elements: str) -> IntArray:
    """Rows whose note shows none of the elements in full."""
    for element in elements:
        rows = rows[facts.note.grades[element][rows] != WHOLE]
    return rows
