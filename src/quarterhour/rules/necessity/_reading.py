"""What several rules of this family ask of a note."""

from __future__ import annotations

from quarterhour.rules.contract import Condition, below
from quarterhour.rules.facts import BoolArray, Facts
from quarterhour.rules.note_codes import MODALITIES, WHOLE, of_notes


def only_modalities(facts: Facts) -> BoolArray:
    """Whether modalities are billed for the visit of a note, and nothing else is billed or told as done."""
    told = facts.note_code
    passive = facts.of_kind(told.kind, *MODALITIES)
    active = ~passive & ((told.lines > 0) | told.performed)
    return of_notes(facts, passive & (told.lines > 0)) & ~of_notes(facts, active)


def without(*elements: str) -> tuple[Condition, ...]:
    """Of notes that show none of the elements in full."""
    return tuple(below(f"grades.{element}", WHOLE) for element in elements)
