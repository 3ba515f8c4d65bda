"""/denials: what came back unpaid, why, and who does what until when."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from quarterhour.domain.errors import QuarterhourError
from quarterhour.report import worklist
from quarterhour.web.asked import Started
from quarterhour.web.pages.forms import Form
from quarterhour.web.pages.shown import given, page
from quarterhour.web.refusals import status_of, words_of
from quarterhour.web.settings import Settings
from quarterhour.workflows.choices import choices
from quarterhour.workflows.denials.command import denials_contents, holds_answers
from quarterhour.workflows.denials.wish import Wish
from quarterhour.workflows.errors import BadRequest

router = APIRouter()
_FIELDS: Final = ("payer", "order", "today", "as")
_ORDERS: Final = ("amount", "deadline")
#: Longer lists are worked in a table.
_MOST: Final = 200
_NOTHING: Final = "nothing that answers claims was sent: there is no 835, 277CA or 999 in it"


@router.get("/denials")
def blank(started: Started) -> Response:
    """The form."""
    return _page(started, dict.fromkeys(_FIELDS, ""))


@router.post("/denials")
def worked(form: Form, started: Started) -> Response:
    """The worklist of what was sent."""
    words = {name: form.one(name) for name in _FIELDS}
    try:
        answer = denials_contents(form.files, _wish(words, started))
        if not holds_answers(answer) and not answer["errors"]:
            raise BadRequest(_NOTHING)
    except QuarterhourError as error:
        return _page(started, words, wrong=words_of(error), status=status_of(error))
    if words["as"] == "csv" and not answer["errors"]:
        kept = {"Content-Disposition": 'attachment; filename="denials.csv"'}
        return Response(worklist.csv_text(answer), media_type="text/csv; charset=utf-8", headers=kept)
    return _page(started, words, answer=answer)


def _wish(words: dict[str, str], started: Settings) -> Wish:
    order = words["order"] or _ORDERS[0]
    if order not in _ORDERS:
        raise BadRequest(f"expected an order of {' or '.join(_ORDERS)}")
    return Wish(
        payer=given(words["payer"]) or started.payer,
        today=given(words["today"]),
        order=order,  # type: ignore[arg-type]  # as was just looked up
        policy_folders=started.policy_folders,
    )


def _page(
    started: Settings,
    words: dict[str, str],
    *,
    wrong: str = "",
    status: int = 200,
    answer: dict[str, Any] | None = None,
) -> Response:
    rows = [] if answer is None else [_row(row) for row in answer["worklist"][:_MOST]]
    known = choices(policy_folders=started.policy_folders)
    return page(
        "denials.html",
        "/denials",
        status,
        form=words,
        wrong=wrong,
        answer=answer,
        nothing=_NOTHING if answer is not None and not holds_answers(answer) else "",
        rows=rows,
        most=_MOST,
        choices=known,
    )


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the worklist with what the command says of it in words."""
    return row | {
        "about": worklist.about(row),
        "reasons": [
            {"code": worklist.code(one), "meaning": one["meaning"] or worklist.MEANS} for one in row["reasons"]
        ],
        "remarks": [{"code": one["code"], "meaning": one["meaning"] or worklist.MEANS} for one in row["remarks"]],
        "places": worklist.places(row["places"]),
        "changes": [
            f"{one['what']} {worklist.shown(one['sent'])} sent, {worklist.shown(one['answered'])} answered"
            for one in row["changes"]
        ],
        "until": worklist.until(row),
        "patient": f"{worklist.PATIENT[row['patient']['may_be_billed']]}; {row['patient']['reason']}",
        "match": worklist.match(row),
    }
