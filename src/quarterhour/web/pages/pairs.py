"""/pairs: whether an NCCI edit stands between two codes."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from quarterhour.web.asked import Started
from quarterhour.web.pages.shown import asked, given
from quarterhour.workflows.choices import choices
from quarterhour.workflows.pair import pair

router = APIRouter()


@router.get("/pairs")
def edits(started: Started, one: str = "", other: str = "", claim: str = "professional", on: str = "") -> Response:
    """The form, and the status of the pair with its dated history."""
    folders = started.policy_folders
    return asked(
        "pairs.html",
        "/pairs",
        (lambda: pair(one, other, on=given(on), claim=claim, policy_folders=folders)) if given(one + other) else None,
        form={"one": one, "other": other, "claim": claim, "on": on},
        choices=choices(policy_folders=folders),
    )
