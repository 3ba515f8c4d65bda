"""Refusals as pages: what the API tells as a problem, in the same words, where a browser asks for a page."""

from __future__ import annotations

import json
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quarterhour.web.pages.shown import page
from quarterhour.web.refusals import PROBLEM

#: What programs call is answered to programs.
_OF_PROGRAMS: Final = ("/api", "/cds-services")


class Problems:
    """Around all else: a problem on its way to a browser becomes a page."""

    def __init__(self, app: ASGIApp) -> None:
        """``app`` is all else."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or not _wants_page(scope):
            await self._app(scope, receive, send)
            return
        begun: Message | None = None
        told = bytearray()

        async def shown(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and _is_problem(message):
                begun = message
            elif begun is None:
                await send(message)
            else:
                told.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _send_page(begun, json.loads(bytes(told)), send)

        await self._app(scope, receive, shown)


def _wants_page(scope: Scope) -> bool:
    path = scope["path"]
    of_programs = any(path == one or path.startswith(f"{one}/") for one in _OF_PROGRAMS)
    return not of_programs and scope["method"] != "HEAD" and "text/html" in Headers(scope=scope).get("accept", "")


def _is_problem(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith(PROBLEM)


async def _send_page(start: Message, problem: dict[str, Any], send: Send) -> None:
    made = page("problem.html", "", problem=problem)
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["content-type"] = made.headers["content-type"]
    headers["content-length"] = str(len(made.body))
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": made.body})
