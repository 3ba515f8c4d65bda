"""Synthetic visits and claims: drawn like the published ones, clean by construction, with known defects if wished for.

    mix, people -> menus -> catalogue -> courses -> services -> table -> notes -> truth -> writing
                                                                table -> claims -> claim_truth -> writing

The first three say what there is to draw from, the next four draw a crowd of patients in columns, ``notes`` tells
what was done, ``claims`` bills it; ``truth`` and ``claim_truth`` spoil some, one rule each, and write down what must be
found.
"""

from quarterhour.workflows.synth.command import synth

__all__ = ["synth"]
