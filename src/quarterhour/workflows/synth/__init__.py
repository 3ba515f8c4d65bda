"""Synthetic claims: drawn like the published ones, clean by construction, with known defects where wished for.

    mix, people -> menus -> catalogue -> courses -> services -> table -> truth -> writing

The first three say what there is to draw from, the next four draw a crowd of patients in columns, ``truth`` spoils some
of its visits, one rule each, and writes down what must be found.
"""

from quarterhour.workflows.synth.command import synth

__all__ = ["synth"]
