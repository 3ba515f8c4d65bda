"""Assistants of therapists: CQ and CO, and what an assistant may furnish."""
