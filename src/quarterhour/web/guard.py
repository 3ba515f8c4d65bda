"""What holds for every request and answer, whatever it is about: who may ask, how much, and what may leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quarterhour.web.refusals import problem, wrong_within

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
#: No answer may be kept by a browser or proxy: it repeats what was sent, and that may be about a patient.
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE: Final = frozenset({"same-origin", "none"})


#: Requests that are being answered hold together so many times what one may hold.
_AT_ONCE: Final = 2


class TooLarge(Exception):
    """More was sent than is read."""


class Busy(Exception):
    """More is being answered than is held at once."""


class Guard:
    """Outermost: refuses what is too large, is called by a foreign name or comes from another site's page, and lets no
    error's words out.
    """

    def __init__(self, app: ASGIApp, most_bytes: int, origins: Iterable[str], names: Iterable[str]) -> None:
        """``origins`` are the sites whose pages may send, ``names`` those the server may be called by."""
        self._app, self._most, self._origins = app, most_bytes, frozenset(origins)
        self._held = 0
        self._names = frozenset(name.lower().strip("[]") for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def told(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                own = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    own.setdefault(name, value)
            await send(message)

        answer = self._refused(scope)
        if answer is None:
            read = _Read()
            try:
                await self._app(scope, self._measured(receive, read), told)
            except TooLarge:
                answer = self._too_large()
            except Busy:
                answer = problem(503, "more is being answered than is held at once; ask again", {"Retry-After": "5"})
            except Exception as error:  # noqa: BLE001 - whatever it is, its text may hold what a record holds
                answer = problem(500, wrong_within(error))
            finally:
                self._held -= read.size
        if answer is not None and not begun:
            await answer(scope, receive, told)

    def _refused(self, scope: Scope) -> Response | None:
        """What is said instead of an answer, before anything is read."""
        headers = Headers(scope=scope)
        if _called(headers.get("host", "")) not in self._names:
            return problem(400, "called by a name that is not the server's (Host); serve --name gives it further ones")
        if self._of_another_site(scope, headers):
            return problem(403, "sent by a page of another site, which was not allowed to")
        length = headers.get("content-length", "")
        return self._too_large() if length.isdecimal() and int(length) > self._most else None

    def _too_large(self) -> Response:
        return problem(413, f"more than {self._most} bytes were sent; send less at a time")

    def _measured(self, receive: Receive, read: _Read) -> Receive:
        """The request, as far as it is read."""

        async def measured() -> Message:
            message = await receive()
            size = len(message.get("body", b""))
            read.size += size
            self._held += size
            if read.size > self._most:
                raise TooLarge
            if self._held > _AT_ONCE * self._most:
                raise Busy
            return message

        return measured

    def _of_another_site(self, scope: Scope, headers: Headers) -> bool:
        """Whether a browser says that another site's page sends this."""
        if scope["method"] in _SAFE:
            return False
        origin = headers.get("origin")
        if origin in self._origins:
            return False
        if "sec-fetch-site" in headers:
            return headers["sec-fetch-site"] not in _OWN_SITE
        return origin is not None and urlsplit(origin).netloc != headers.get("host")


class _Read:
    """How much of a request was read."""

    size = 0


def _called(host: str) -> str | None:
    """The name in the header Host, without port and brackets."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
