"""/policy: which tables answer, and as of when."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from quarterhour.web.asked import Started
from quarterhour.web.pages.shown import asked
from quarterhour.workflows.policy_list import policy_answering

router = APIRouter()


@router.get("/policy")
def answering(started: Started) -> Response:
    """The built-in tables, the imported ones, and the versions there are."""
    folders, vocabulary = started.policy_folders, started.vocabulary
    return asked("policy.html", "/policy", lambda: policy_answering(policy_folders=folders, vocabulary=vocabulary))
