"""POST /api/note and /api/draft: what a note says, and what to ask the clinician about it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from quarterhour.web.api import shapes
from quarterhour.web.api.answers import Answer, nothing_read
from quarterhour.web.api.documented import ANYTHING, NOTE, answers
from quarterhour.web.asked import Content, Started
from quarterhour.workflows.check import Wish
from quarterhour.workflows.draft import draft_content
from quarterhour.workflows.note import note_content

router = APIRouter()


@router.post("/note", response_class=Answer, responses=answers(shapes.NOTE), openapi_extra={"requestBody": NOTE})
def note(content: Content, started: Started, payer: str | None = None, on: str | None = None) -> Response:
    """What the reader finds in a note: services, minutes, elements with their grades, what the work supports."""
    return Answer(
        note_content(
            content,
            vocabulary=started.vocabulary,
            policy_folders=started.policy_folders,
            payer=payer or started.payer,
            on=on,
        )
    )


@router.post(
    "/draft", response_class=Answer, responses=answers(shapes.QUESTIONS), openapi_extra={"requestBody": ANYTHING}
)
def draft(
    content: Content, started: Started, payer: str | None = None, on: str | None = None, today: str | None = None
) -> Response:
    """Questions to the clinician about what the notes do not show. None of them holds an answer."""
    wish = Wish(
        payer=payer or started.payer,
        on=on,
        today=today,
        policy_folders=started.policy_folders,
        vocabulary=started.vocabulary,
    )
    found = draft_content(content, wish).answer
    if not found["summary"]["notes"]:
        raise nothing_read(found, "there is no note in what was sent")
    return Answer(found)
