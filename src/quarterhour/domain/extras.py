"""How a part of Quarterhour that is not installed is had."""

from __future__ import annotations


def installing(extra: str) -> str:
    """The command that installs an extra, and the one in a clone of the repository."""
    return f"pip install 'quarterhour[{extra}]', or in a clone pip install -e '.[{extra}]'"
