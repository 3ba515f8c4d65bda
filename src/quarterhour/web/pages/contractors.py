"""/contractors: which Medicare contractor answers for a place."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from quarterhour.web.asked import Started
from quarterhour.web.pages.shown import asked, given
from quarterhour.workflows.mac import mac

router = APIRouter()


@router.get("/contractors")
def contractor(started: Started, place: str = "", on: str = "") -> Response:
    """The form, and the contractor with its policies of therapy."""
    return asked(
        "contractors.html",
        "/contractors",
        (lambda: mac(place, on=given(on), policy_folders=started.policy_folders)) if given(place) else None,
        form={"place": place, "on": on},
    )
