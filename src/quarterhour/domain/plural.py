"""A number or an article with its noun."""

from __future__ import annotations


def counted(number: object, noun: str) -> str:
    """``1 visit``, ``2 visits``, ``2.5 hours``; the severity ``info`` has no plural."""
    shown = f"{number:,}" if isinstance(number, int) else number
    return f"{shown} {noun}{'' if number == 1 or noun == 'info' else 's'}"


def article(noun: str) -> str:
    """``a`` or ``an``, by the first letter."""
    return "an" if noun[:1].lower() in set("aeiou") else "a"
