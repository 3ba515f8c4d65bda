"""Whole files at once: deal their rows into parts by patient, judge the parts, put the findings in order.

    source -> plan -> deal (by patient) -> judge (every part) -> judge (by therapist and day) -> merge -> sinks

Claims go the same way beside the rows, each whole (``claims``). Each step writes files into a work folder and does
nothing that was done before, so a run that was stopped goes on. What comes out does not depend on how the work was
parted.
"""

from quarterhour.workflows.scrub.command import scrub
from quarterhour.workflows.scrub.wish import Progress, Wish

__all__ = ["Progress", "Wish", "scrub"]
