"""POST /api/threshold: how near patients are to the KX thresholds."""

from __future__ import annotations

from typing import Any, Final, Literal, cast

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from quarterhour.web.api import shapes
from quarterhour.web.api.answers import Answer, nothing_read
from quarterhour.web.api.documented import answers, called_with
from quarterhour.web.asked import JsonContent, Started, arguments
from quarterhour.workflows.threshold import threshold as threshold_of

router = APIRouter()
_TEXT: Final = {"type": ["string", "null"]}


class Asked(msgspec.Struct, frozen=True):
    """The arguments of ``quarterhour.threshold``."""

    visits: Any
    zip: str | None = None
    locality: str | None = None
    payer: str | None = None
    order: str = "date"
    balance: dict[str, str] = {}
    balance_on: str | None = None


_BODY: Final = called_with(
    {"visits": {"type": ["array", "object"], "description": "Visit records."}}
    | dict.fromkeys(("zip", "locality", "payer", "balance_on"), _TEXT)
    | {
        "order": {"enum": ["date", "receipt"]},
        "balance": {"type": "object", "additionalProperties": {"type": "string"}, "examples": [{"PT+SLP": "1200.00"}]},
    },
    ["visits"],
)  # fmt: skip


@router.post(
    "/threshold", response_class=Answer, responses=answers(shapes.THRESHOLD), openapi_extra={"requestBody": _BODY}
)
def threshold(content: JsonContent, started: Started) -> Response:
    """What has accrued toward the thresholds, and from which visit on a person has to decide about KX."""
    asked = arguments(content, Asked)
    answer = threshold_of(
        asked.visits,
        zip=asked.zip,
        locality=asked.locality,
        payer=asked.payer or started.payer,
        order=cast("Literal['date', 'receipt']", asked.order),
        balance=asked.balance,
        balance_on=asked.balance_on,
        policy_folders=started.policy_folders,
    )
    if answer["errors"] and not answer["accounts"] and not answer["not_counted"]:
        raise nothing_read(answer, "there are no visits in what was sent")
    return Answer(answer)
