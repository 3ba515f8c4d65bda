"""POST /api/convert: visits and claims from one format to another."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from quarterhour.web.api import shapes
from quarterhour.web.api.answers import JSON, MEDIA, Answer, of_file, wanted
from quarterhour.web.api.documented import ANYTHING, answers
from quarterhour.web.asked import Content, Started
from quarterhour.workflows.convert import convert as converted

router = APIRouter()
Form = Literal[
    "visits-json", "visits-jsonl", "visits-csv", "visits-parquet", "visits-fhir", "claims-json", "claims-csv",
    "claims-parquet", "claims-fhir", "benefits-fhir", "837p", "837i",
]  # fmt: skip
_FILES: Final = {
    "application/edi-x12": {"type": "string"},
    "application/x-ndjson": {"type": "string"},
    "text/csv": {"type": "string"},
    "application/fhir+json": {"type": "object"},
    "application/vnd.apache.parquet": {"type": "string", "format": "binary"},
}


@router.post(
    "/convert",
    response_class=Answer,
    responses=answers({"anyOf": [shapes.CONVERTED, {"type": "object"}]}, "The file.", **_FILES),
    openapi_extra={"requestBody": ANYTHING},
)
def convert(
    request: Request,
    content: Content,
    started: Started,
    to: Form,
    payer: str | None = None,
    answer: Annotated[Literal["json", "file"] | None, Query(alias="format")] = None,
) -> Response:
    """The same visits or claims in another format, and what of them it does not carry."""
    how = answer or wanted(request, {"json": JSON, "file": MEDIA[to]})
    made = converted(
        content, to, clinic=started.clinic, payer=payer or started.payer, policy_folders=started.policy_folders
    )
    return of_file(made.told, to, made.data, alone=how == "file")
