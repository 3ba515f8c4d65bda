"""Modifiers other than those of assistants: discipline, threshold, distinctness, notices, and their form."""
