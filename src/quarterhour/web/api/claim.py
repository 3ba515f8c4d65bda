"""POST /api/claim: the claim a payer takes, out of visits."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from quarterhour.web.api import shapes
from quarterhour.web.api.answers import JSON, MEDIA, Answer, of_file, wanted
from quarterhour.web.api.documented import ANYTHING, answers
from quarterhour.web.asked import Content, Started
from quarterhour.web.refusals import Refused
from quarterhour.workflows.check import Wish
from quarterhour.workflows.make_claim import make_claims_of_content

router = APIRouter()
_SAID: Final = (
    'Visits in any form that a check reads; or `{"visits": ..., "clinic": {...}}`, whose clinic (submitter, receiver, '
    "payers, billing provider, charges) stands in the place of the server's."
)
_FILES: Final = {"application/edi-x12": {"type": "string"}, "application/fhir+json": {"type": "object"}} | {
    "application/pdf": {"type": "string", "format": "binary"}
}


@router.post(
    "/claim",
    response_class=Answer,
    responses=answers(shapes.CLAIM, "The claims.", **_FILES),
    openapi_extra={"requestBody": ANYTHING | {"description": _SAID}},
)
def claim(
    request: Request,
    content: Content,
    started: Started,
    form: Annotated[Literal["837p", "837i", "cms1500", "ub04", "fhir"], Query(alias="as")],
    payer: str | None = None,
    today: str | None = None,
    per: Literal["period", "day"] = "period",
    despite: bool = False,
    control_number: Annotated[int, Query(ge=1, le=999_999_999)] = 1,
    answer: Annotated[Literal["json", "file"] | None, Query(alias="format")] = None,
) -> Response:
    """Claims of visits, in a file. The visits are checked first, and the claims as the form has them.

    Where there are findings of level error nothing is written unless `despite` says so: the answer is a problem with
    `written` false and the `findings`.
    """
    how = answer or wanted(request, {"json": JSON, "file": MEDIA[form]})
    made = make_claims_of_content(
        content,
        form,
        Wish(payer=payer or started.payer, today=today, policy_folders=started.policy_folders),
        clinic=started.clinic,
        per=per,
        despite=despite,
        control_number=control_number,
    )
    if made.data is None:
        raise Refused(422, "not written: settle what is an error, or say despite=true", **made.told)
    return of_file(made.told, form, made.data, alone=how == "file")
