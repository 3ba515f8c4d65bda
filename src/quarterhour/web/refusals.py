"""What is said where a request cannot be answered: a problem (RFC 9457), in words that hold nothing of a patient."""

from __future__ import annotations

import logging
import os
import re
import traceback
from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from quarterhour.domain.errors import QuarterhourError
from quarterhour.interchange.errors import Unreadable
from quarterhour.policy.errors import UnknownName
from quarterhour.web.methods import allowed
from quarterhour.workflows.errors import CannotClaim, UnknownCode

PROBLEM: Final = "application/problem+json"
#: Shows where an internal error came from, values included; as the command does.
_TRACEBACK: Final = "QUARTERHOUR_TRACEBACK"
#: Where our words repeat what was given: on a screen that helps who typed it, in an answer it may be anything.
_GIVEN: Final = re.compile(r",? got (?!an? |null\b)(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^;]*)", re.DOTALL)
_CALLED: Final = re.compile(r"no (.+?) is called (?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", re.DOTALL)
_WORDS: Final = {
    HTTPStatus.NOT_FOUND: "there is nothing at this address; /api/openapi.json lists those of the API",
    HTTPStatus.METHOD_NOT_ALLOWED: "this address is not asked that way; the header Allow says how",
}
_log: Final = logging.getLogger("quarterhour.web")


class Refused(Exception):
    """A request that is not answered: the status, what is wrong, and further members of the problem."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None, /, **more: Any) -> None:
        """``detail`` holds nothing that was sent."""
        super().__init__(detail)
        self.status, self.detail, self.headers, self.more = status, detail, headers, more


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, /, **more: Any) -> Response:
    """A refusal; ``detail`` says what is wrong and what to do."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(told | more, status, headers, media_type=PROBLEM)


def words_of(error: QuarterhourError) -> str:
    """The words of an error of ours without what was given."""
    if isinstance(error, CannotClaim):
        about = f"visit {error.number}: " if error.number else "a visit: " if error.visit_id else ""
        return f"{about}{error.message}"
    return _CALLED.sub(r"no such \1", _GIVEN.sub("", str(error)))


def status_of(error: QuarterhourError) -> int:
    """404 for a name there is not, 422 for what cannot be answered otherwise."""
    return 404 if isinstance(error, UnknownName | UnknownCode) else 422


def wrong_within(error: Exception) -> str:
    """What may be said of an error of ours: its kind and place. Its message may hold what a record holds."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    told = f"internal error ({type(error).__name__}{at})"
    _log.error(told, exc_info=error if os.environ.get(_TRACEBACK) else None)
    return told


async def refused(_request: Request, error: QuarterhourError) -> Response:
    """An error of the package: its words are made to be shown."""
    told = words_of(error)
    if isinstance(error, Unreadable) and error.line:
        place = {"pointer": None, "line": error.line, "column": error.column, "message": told}
        return problem(422, f"line {error.line}, column {error.column}: {told}", errors=[place])
    return problem(status_of(error), told)


async def refused_here(_request: Request, error: Refused) -> Response:
    """A request that this room refuses."""
    return problem(error.status, error.detail, error.headers, **error.more)


async def not_served(request: Request, error: HTTPException) -> Response:
    """No such address, or not asked that way."""
    status = HTTPStatus(error.status_code)
    headers = dict(error.headers or {})
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = allowed(request.scope)
    return problem(status, _WORDS.get(status) or status.description or status.phrase, headers)


async def malformed(_request: Request, error: RequestValidationError) -> Response:
    """Parameters that are missing or of another kind: told by name, never with the value that was sent."""
    wrong = [{"where": [str(part) for part in row["loc"]], "message": row["msg"]} for row in error.errors()]
    named = "; ".join(f"{one['where'][-1]}: {one['message']}" for one in wrong)
    return problem(422, named or "the request cannot be read", errors=wrong)


HANDLERS: Final[dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]]] = {
    QuarterhourError: refused,
    Refused: refused_here,
    HTTPException: not_served,
    RequestValidationError: malformed,
}
