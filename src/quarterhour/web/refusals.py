"""What is said where a request cannot be answered: a problem (RFC 9457), in words that hold nothing of a patient."""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from quarterhour.domain.errors import QuarterhourError
from quarterhour.policy.errors import UnknownName
from quarterhour.workflows.errors import UnknownCode

PROBLEM: Final = "application/problem+json"
#: Shows where an internal error came from, values included; as the command does.
_TRACEBACK: Final = "QUARTERHOUR_TRACEBACK"
_log: Final = logging.getLogger("quarterhour.web")


def problem(status: int, detail: str, **more: Any) -> Response:
    """A refusal; ``detail`` says what is wrong and what to do."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(told | more, status, media_type=PROBLEM)


def wrong_within(error: Exception) -> str:
    """What may be said of an error of ours: its kind and place. Its message may hold what a record holds."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    told = f"internal error ({type(error).__name__}{at})"
    _log.error(told, exc_info=error if os.environ.get(_TRACEBACK) else None)
    return told


async def refused(_request: Request, error: Exception) -> Response:
    """An error of the package: its words are made to be shown."""
    return problem(404 if isinstance(error, UnknownName | UnknownCode) else 422, str(error))


async def not_served(_request: Request, error: Exception) -> Response:
    """No such address, or not asked that way."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return problem(status, HTTPStatus(status).description or HTTPStatus(status).phrase)


async def malformed(_request: Request, error: Exception) -> Response:
    """Parameters that are missing or of another kind: told by name, never with the value that was sent."""
    rows = error.errors() if isinstance(error, RequestValidationError) else []
    wrong = [{"where": [str(part) for part in row["loc"]], "message": row["msg"]} for row in rows]
    named = "; ".join(f"{one['where'][-1]}: {one['message']}" for one in wrong)
    return problem(422, named or "the request cannot be read", errors=wrong)


HANDLERS: Final[dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]]] = {
    QuarterhourError: refused,
    HTTPException: not_served,
    RequestValidationError: malformed,
}
