"""POST /api/denials: what came back unpaid, why, and what to do about it until when."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response

from quarterhour.web.api import shapes
from quarterhour.web.api.answers import Answer, nothing_read
from quarterhour.web.api.documented import FILES, answers
from quarterhour.web.asked import Files, Started
from quarterhour.workflows.denials.command import denials_contents, holds_answers
from quarterhour.workflows.denials.wish import Wish

router = APIRouter()


@router.post("/denials", response_class=Answer, responses=answers(shapes.DENIALS), openapi_extra={"requestBody": FILES})
def denials(
    files: Files,
    started: Started,
    payer: str | None = None,
    today: str | None = None,
    order: Literal["amount", "deadline"] = "amount",
    every_line: bool = False,
) -> Response:
    """A worklist of what is not paid, with cause, next step and deadline.

    Send remittances (835) and acknowledgements (277CA, 999) together with the claims or visits they answer.
    """
    wish = Wish(
        payer=payer or started.payer,
        today=today,
        order=order,
        every_line=every_line,
        policy_folders=started.policy_folders,
    )
    found = denials_contents(files, wish)
    if not holds_answers(found):
        raise nothing_read(found, "there is no 835, 277CA or 999 in what was sent, so nothing that answers claims")
    return Answer(found)
