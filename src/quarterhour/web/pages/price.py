"""/price: what services come to, unit by unit."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from quarterhour.web.asked import Started
from quarterhour.web.pages.shown import asked, given
from quarterhour.workflows.choices import choices
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.price import price

router = APIRouter()
Column = Annotated[list[str], Query()]
_ROWS: Final = 4


@router.get("/price")
def amounts(
    started: Started,
    code: Column = [],  # noqa: B006 - FastAPI copies it
    units: Column = [],  # noqa: B006
    modifiers: Column = [],  # noqa: B006
    place: str = "",
    on: str = "",
    claim: str = "professional",
    deductible_left: str = "",
) -> Response:
    """The form, and the amounts. A place is a ZIP code, a locality such as 04412-11, or left empty for the nation."""
    rows = _rows(code, units, modifiers)

    def ask() -> dict[str, Any]:
        return price(
            [_service(row, number) for number, row in enumerate(rows, 1)],
            **_where(place),
            on=given(on),
            claim=claim,
            deductible_left=given(deductible_left) or "0.00",
            policy_folders=started.policy_folders,
        )

    empty = {"code": "", "units": "", "modifiers": ""}
    return asked(
        "price.html",
        "/price",
        ask if rows else None,
        rows=[*rows, *(empty for _ in range(max(_ROWS - len(rows), 1)))],
        form={"place": place, "on": on, "claim": claim, "deductible_left": deductible_left},
        choices=choices(policy_folders=started.policy_folders),
    )


def _rows(*columns: list[str]) -> list[dict[str, str]]:
    """The rows that name a code or a number of units."""
    longest = max(map(len, columns))
    filled = zip(*([*column, *[""] * (longest - len(column))] for column in columns), strict=True)
    named = ({"code": code.strip(), "units": units.strip(), "modifiers": more.strip()} for code, units, more in filled)
    return [row for row in named if row["code"] or row["units"]]


def _service(row: dict[str, str], number: int) -> tuple[str, int, list[str]]:
    units = row["units"] or "1"
    if not (units.isascii() and units.isdecimal()):
        raise BadRequest(f"row {number}: units are a whole number, such as 2")
    return row["code"], int(units[:9]), row["modifiers"].replace(",", " ").split()


def _where(place: str) -> dict[str, Any]:
    text = place.strip()
    if not text:
        return {"national": True}
    return {"locality": text} if "-" in text else {"zip": text}
