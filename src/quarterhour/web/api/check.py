"""POST /api/check: visits, notes and claims, judged."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from quarterhour.web.api.answers import Answer
from quarterhour.web.asked import Content, Started
from quarterhour.workflows.check import Wish, checked_content

router = APIRouter()
Words = Annotated[list[str], Query()]


@router.post("/check", response_class=Answer)
def check(
    content: Content,
    started: Started,
    payer: str | None = None,
    on: str | None = None,
    today: str | None = None,
    select: Words = [],  # noqa: B006 - FastAPI copies it
    ignore: Words = [],  # noqa: B006
    persona: Annotated[list[Literal["therapist", "biller", "auditor"]], Query()] = [],  # noqa: B006
) -> Response:
    """What is wrong or unsupported in what was sent: visit records, a note, X12, FHIR or a table, by content."""
    wish = Wish(
        payer=payer or started.payer,
        on=on,
        today=today,
        select=select,
        ignore=ignore,
        persona=persona,
        policy_folders=started.policy_folders,
        vocabulary=started.vocabulary,
    )
    report = checked_content(content, wish).report
    return Answer(report | {"findings": list(report["findings"])})
