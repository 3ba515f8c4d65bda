"""/codes: what each code is for, and two of them side by side."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from quarterhour.web.asked import Started
from quarterhour.web.pages.shown import asked, given
from quarterhour.workflows.code import code
from quarterhour.workflows.code_list import code_list

router = APIRouter()


@router.get("/codes")
def listed(started: Started, code: str = "", other: Annotated[str, Query(alias="with")] = "", on: str = "") -> Response:
    """The codes there are; a code that was typed leads to its card."""
    if given(code):
        more = "&".join(f"{name}={quote(word.strip())}" for name, word in (("with", other), ("on", on)) if word.strip())
        return RedirectResponse(f"/codes/{quote(code.strip(), safe='')}{f'?{more}' if more else ''}", 303)
    return asked("codes.html", "/codes", lambda: code_list(policy_folders=started.policy_folders), code="")


@router.get("/codes/{text}")
def card(started: Started, text: str, other: Annotated[str, Query(alias="with")] = "", on: str = "") -> Response:
    """The card of a code, or of two."""
    return asked(
        "code.html",
        "/codes",
        lambda: code(text, with_code=given(other), on=given(on), policy_folders=started.policy_folders),
        code=text,
        other=other,
        on=on,
    )
