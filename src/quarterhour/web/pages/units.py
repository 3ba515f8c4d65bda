"""/units: from minutes to units, by one method and beside it the other."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from quarterhour.web.asked import Started
from quarterhour.web.pages.forms import Form, Sent
from quarterhour.web.pages.shown import asked, given
from quarterhour.web.settings import Settings
from quarterhour.workflows.both_methods import both_methods
from quarterhour.workflows.choices import choices
from quarterhour.workflows.errors import BadRequest

router = APIRouter()
#: So many rows stand ready, and so many empty ones follow those that are filled in.
_ROWS: Final = 4
_SPARE: Final = 2
_COLUMNS: Final = ("code", "minutes", "assistant")
_FIELDS: Final = ("method", "discipline", "on", "payer")
_NOTHING: Final = Sent({}, [])


@router.get("/units")
def blank(started: Started) -> Response:
    """The form."""
    return _page(_NOTHING, started, answer=False)


@router.post("/units")
def counted(form: Form, started: Started) -> Response:
    """The form as it was filled in, and the units."""
    return _page(form, started, answer="more" not in form.fields)


def _page(form: Sent, started: Settings, *, answer: bool) -> Response:
    """``answer`` is false where nothing was asked but rows."""
    words = {name: form.one(name) for name in _FIELDS}
    rows = _rows(form)
    empty = _ROWS if "more" in form.fields else _SPARE

    def ask() -> dict[str, Any]:
        return both_methods(
            [_service(row, place) for place, row in enumerate(rows, 1)],
            method=given(words["method"]),
            discipline=given(words["discipline"]),
            on=given(words["on"]),
            payer=given(words["payer"]) or started.payer,
            policy_folders=started.policy_folders,
        )

    shown = [*rows, *(dict.fromkeys(_COLUMNS, "") for _ in range(max(_ROWS - len(rows), empty)))]
    known = choices(policy_folders=started.policy_folders)
    return asked("units.html", "/units", ask if answer else None, form=words, rows=shown, choices=known)


def _rows(form: Sent) -> list[dict[str, str]]:
    """The rows that are not empty."""
    columns = [[value.strip() for value in form.fields.get(name, ())] for name in _COLUMNS]
    longest = max(map(len, columns))
    filled = zip(*(column + [""] * (longest - len(column)) for column in columns), strict=True)
    return [dict(zip(_COLUMNS, row, strict=True)) for row in filled if any(row)]


def _service(row: dict[str, str], place: int) -> tuple[str, int, int]:
    if not row["code"]:
        raise BadRequest(f"row {place}: the code is missing")
    return (
        row["code"],
        _whole(row["minutes"], place, "minutes"),
        _whole(row["assistant"] or "0", place, "assistant's minutes"),
    )


def _whole(text: str, place: int, what: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise BadRequest(f"row {place}: the {what} are a whole number, such as 24")
    return int(text[:9])
