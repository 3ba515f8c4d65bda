"""Defects of notes, by the rule that must find each."""

from quarterhour.workflows.synth.defects.notes import codes, elements, times
from quarterhour.workflows.synth.defects.notes.contract import Noted, note_of

#: Every defect of notes, in the order of the rules.
DEFECTS = tuple(sorted(codes.DEFECTS + elements.DEFECTS + times.DEFECTS, key=lambda one: one[0]))

__all__ = ["DEFECTS", "Noted", "note_of"]
