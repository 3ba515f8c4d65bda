"""What handlers of requests share: the settings of the server, and work that must not hold up other requests."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from quarterhour.web.settings import Settings


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


#: An argument of a handler: how the server was started.
Started = Annotated[Settings, Depends(_settings)]


async def _content(request: Request) -> bytes:
    return await request.body()


#: An argument of a handler: what was sent, as it is. The handler itself is no coroutine and runs beside others.
Content = Annotated[bytes, Depends(_content)]
