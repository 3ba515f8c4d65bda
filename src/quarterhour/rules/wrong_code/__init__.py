"""Codes whose content is not what the note describes."""
