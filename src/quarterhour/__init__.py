"""Quarterhour."""
