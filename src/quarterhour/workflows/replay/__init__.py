"""Files judged twice: under one version of the official tables and under another, and what comes out otherwise.

    sides -> deal (as a scrub) -> compare (every part, under both) -> causes, amounts -> report

The rows are read and laid out once; each part is judged once a side, by the rules that can come out otherwise. What is
not otherwise is dropped at once, so a replay costs about what a scrub does.
"""

from quarterhour.workflows.replay.command import replay

__all__ = ["replay"]
