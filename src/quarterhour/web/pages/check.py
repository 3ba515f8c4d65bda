"""/ : a note, visits or claims checked, and checked again after they were corrected."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from quarterhour.domain.errors import QuarterhourError
from quarterhour.report.groups import View
from quarterhour.web.asked import Started
from quarterhour.web.pages.forms import Form, Sent
from quarterhour.web.pages.reviewing import shown_review
from quarterhour.web.pages.shown import given, page
from quarterhour.web.refusals import status_of, words_of
from quarterhour.web.settings import Settings
from quarterhour.workflows.check import Wish
from quarterhour.workflows.choices import choices
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.inputs import NOTE, STANDARD_INPUT
from quarterhour.workflows.review import Review, reviewed

router = APIRouter()
_FIELDS: Final = ("payer", "discipline", "on", "persona", "as")
#: A report to keep, by what the form calls it: media type and name of the file.
_KEPT: Final = {
    "csv": ("text/csv; charset=utf-8", "findings.csv"),
    "html": ("text/html; charset=utf-8", "findings.html"),
    "sarif": ("application/sarif+json", "findings.sarif"),
    "json": ("application/json", "findings.json"),
}
#: Those with no place for what could not be read.
_WITHOUT_ERRORS: Final = frozenset({"csv"})
#: A file so long is not laid into the form for correction.
_MOST_TEXT: Final = 200_000
_CORRECTED: Final = frozenset({NOTE, "visit"})


@router.get("/")
def blank(started: Started) -> Response:
    """The form."""
    return _page(started, dict.fromkeys(_FIELDS, ""), "")


@router.post("/")
def checked(form: Form, started: Started) -> Response:
    """What is wrong or unsupported in what was sent, and the form with it."""
    words = {name: form.one(name) for name in _FIELDS}
    text = form.text("text")
    contents = form.files or [(STANDARD_INPUT, text.encode())]
    try:
        review = reviewed(contents, _wish(words, started))
        kept = _kept(review, words)
    except QuarterhourError as error:
        return _page(started, words, _to_correct(form, None), wrong=words_of(error), status=status_of(error))
    return kept or _page(started, words, _to_correct(form, review), review=review, sent=[name for name, _ in contents])


def _wish(words: dict[str, str], started: Settings) -> Wish:
    persona = given(words["persona"])
    discipline = given(words["discipline"])
    if discipline not in {None, *choices()["disciplines"]}:
        raise BadRequest(f"expected a discipline of {', '.join(choices()['disciplines'])}")
    return Wish(
        payer=given(words["payer"]) or started.payer,
        discipline=discipline,  # type: ignore[arg-type]  # as was just looked up
        on=given(words["on"]),
        persona=(persona,) if persona else (),
        policy_folders=started.policy_folders,
        vocabulary=started.vocabulary,
    )


def _page(
    started: Settings,
    words: dict[str, str],
    text: str,
    *,
    wrong: str = "",
    status: int = 200,
    review: Review | None = None,
    sent: Iterable[str] = (),
) -> Response:
    return page(
        "check.html",
        "/",
        status,
        form=words,
        text=text,
        wrong=wrong,
        answer=None if review is None else shown_review(review, _view(review, words), sent),
        choices=choices(policy_folders=started.policy_folders),
        payer=started.payer,
        not_kept=bool(words["as"] and review),
    )


def _view(review: Review, words: dict[str, str]) -> View:
    return View(review.checked.notes, everything=bool(words["persona"]))


def _to_correct(form: Sent, review: Review | None) -> str:
    """The text for the form: what was pasted, or a file that holds a note or visit and is not long."""
    if not form.files or review is None:
        return form.text("text")
    kinds = {one["kind"] for one in review.checked.report["inputs"]}
    content = form.files[0][1]
    if len(form.files) > 1 or not kinds <= _CORRECTED or len(content) > _MOST_TEXT:
        return ""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return ""


def _kept(review: Review, words: dict[str, str]) -> Response | None:
    """The report as a file; None where a page was asked, or where the file would not tell that something was unread."""
    wanted, report = words["as"], review.checked.report
    if wanted not in _KEPT or (report["errors"] and wanted in _WITHOUT_ERRORS):
        return None
    kind, name = _KEPT[wanted]
    renderer: Any = importlib.import_module(f"quarterhour.report.{wanted}")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if hasattr(renderer, "pieces"):
        return StreamingResponse(renderer.pieces(report), media_type=kind, headers=headers)
    text = renderer.text(report, _view(review, words)) if wanted == "html" else renderer.text(report)
    return Response(text, media_type=kind, headers=headers)
