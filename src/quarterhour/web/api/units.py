"""POST /api/units: from minutes to units."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from quarterhour.web.api import shapes
from quarterhour.web.api.answers import Answer
from quarterhour.web.api.documented import answers, called_with
from quarterhour.web.asked import JsonContent, Started, arguments
from quarterhour.workflows.units import units as units_of

router = APIRouter()
_TEXT: Final = {"type": ["string", "null"]}
_MINUTES: Final = {"type": "integer", "minimum": 0, "maximum": 1440}
_SERVICES: Final = {
    "description": "Code and minutes, and those of them that an assistant furnished.",
    "examples": [[["97530", 24], ["97110", 23, 8]]],
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "array",
        "prefixItems": [{"type": "string"}, _MINUTES, _MINUTES],
        "minItems": 2,
        "maxItems": 3,
    },
}


class Asked(msgspec.Struct, frozen=True):
    """The arguments of ``quarterhour.units``."""

    services: list[Any] | dict[str, Any]
    method: str | None = None
    discipline: str | None = None
    on: str | None = None
    payer: str | None = None
    setting: str | None = None


_BODY: Final = called_with(
    {"services": _SERVICES} | dict.fromkeys(("discipline", "on", "payer", "setting"), _TEXT)
    | {"method": {"enum": ["cms", "ama", "spm", None]}},
    ["services"],
)  # fmt: skip


@router.post("/units", response_class=Answer, responses=answers(shapes.UNITS), openapi_extra={"requestBody": _BODY})
def units(content: JsonContent, started: Started) -> Response:
    """Units, modifiers and the arithmetic of one day, and every other way to bill it that is as good."""
    asked = arguments(content, Asked)
    return Answer(units_of(**msgspec.structs.asdict(asked), policy_folders=started.policy_folders))
