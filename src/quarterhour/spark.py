"""Quarterhour on a Spark DataFrame; needs the extra ``spark``, here and on every executor."""

from quarterhour.workflows.scrub.frame import findings_of, unreadable_of

__all__ = ["findings_of", "unreadable_of"]
