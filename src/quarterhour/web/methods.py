"""HEAD and OPTIONS, which hold for every address alike."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ASKED: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")


def allowed(scope: Scope) -> str:
    """How an address may be asked, as the header Allow has it; empty where there is none."""
    routes = scope["app"].router.routes
    found = [
        method for method in _ASKED if any(one.matches({**scope, "method": method})[0] is Match.FULL for one in routes)
    ]
    more = ["HEAD"] if "GET" in found else []
    return ", ".join([*found, *more, "OPTIONS"]) if found else ""


class Methods:
    """Answers OPTIONS, and HEAD as GET without the body."""

    def __init__(self, app: ASGIApp) -> None:
        """Around the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        method = scope.get("method")
        if method == "OPTIONS" and (told := allowed(scope)):
            await Response(status_code=204, headers={"Allow": told})(scope, receive, send)
        elif method == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, _without_body(send))
        else:
            await self._app(scope, receive, send)


def _without_body(send: Send) -> Send:
    async def told(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return told
