"""POST /api/check: visits, notes and claims, judged."""

from __future__ import annotations

import base64
import hashlib
import importlib
import re
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from quarterhour.domain.visit import Discipline
from quarterhour.report.groups import View
from quarterhour.web.api import shapes
from quarterhour.web.api.answers import JSON, Answer, nothing_read, wanted
from quarterhour.web.api.documented import ANYTHING, answers
from quarterhour.web.asked import Content, Started
from quarterhour.workflows.check import Wish, checked_content
from quarterhour.workflows.report import was_read

router = APIRouter()
Words = Annotated[list[str], Query()]
#: Media types by form.
FORMS: Final = {
    "json": JSON,
    "jsonl": "application/x-ndjson",
    "csv": "text/csv",
    "html": "text/html",
    "sarif": "application/sarif+json",
    "fhir": "application/fhir+json",
}
_TEXT: Final = {kind: {"type": "string"} for kind in list(FORMS.values())[1:4]}
_MORE: Final = {kind: {"type": "object"} for kind in list(FORMS.values())[4:]}
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@router.post(
    "/check",
    response_class=Answer,
    responses=answers(shapes.REPORT, "The report.", **_TEXT, **_MORE),
    openapi_extra={"requestBody": ANYTHING},
)
def check(
    request: Request,
    content: Content,
    started: Started,
    payer: str | None = None,
    discipline: Discipline | None = None,
    on: str | None = None,
    today: str | None = None,
    select: Words = [],  # noqa: B006 - FastAPI copies it
    ignore: Words = [],  # noqa: B006
    persona: Annotated[list[Literal["therapist", "biller", "auditor"]], Query()] = [],  # noqa: B006
    form: Annotated[Literal["json", "jsonl", "csv", "html", "sarif", "fhir"] | None, Query(alias="format")] = None,
) -> Response:
    """What is wrong or unsupported in what was sent: visit records, a note, X12, FHIR or a table, by content.

    Where some of it cannot be read, `errors` says what and where, and the rest is judged; where nothing can, the answer
    is a problem.
    """
    named = form or wanted(request, FORMS)
    wish = Wish(
        payer=payer or started.payer,
        discipline=discipline,
        on=on,
        today=today,
        select=select,
        ignore=ignore,
        persona=persona,
        policy_folders=started.policy_folders,
        vocabulary=started.vocabulary,
    )
    checked = checked_content(content, wish)
    if not was_read(checked.report):
        raise nothing_read(checked.report, "there are no visits, notes or claims in what was sent")
    if named == "json":
        return Answer(checked.report | {"findings": list(checked.report["findings"])})
    return _as(named, checked.report, View(checked.notes, everything=bool(persona)))


def _as(form: str, report: dict[str, Any], view: View) -> Response:
    """The report as another form, by the renderer of the command."""
    renderer = importlib.import_module(f"quarterhour.report.{form}")
    if form == "html":
        text: str = renderer.text(report, view)
        return Response(text, media_type=FORMS[form], headers={"Content-Security-Policy": _policy(text)})
    text = "".join(renderer.pieces(report)) if form in {"jsonl", "csv"} else renderer.text(report)
    return Response(text, media_type=FORMS[form])


def _policy(page: str) -> str:
    """A page that needs nothing else: its own style and no script."""
    style = _STYLE.search(page)
    digest = base64.b64encode(hashlib.sha256((style[1] if style else "").encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
