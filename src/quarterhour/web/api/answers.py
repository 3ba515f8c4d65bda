"""Answers as JSON with our own types in it, exactly as the command prints them."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from quarterhour.domain.json import dumps


class Answer(Response):
    """One JSON document."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The text of it."""
        return dumps(content).encode()
