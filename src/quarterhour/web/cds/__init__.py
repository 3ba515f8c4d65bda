"""CDS Hooks 2.0: findings as cards in the record system, where a visit ends or a note is signed."""

from __future__ import annotations

import uuid
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from quarterhour.report.cards import cards
from quarterhour.report.groups import View
from quarterhour.web.api.answers import Answer
from quarterhour.web.api.documented import REFUSALS, answers, keys
from quarterhour.web.asked import JsonContent, Started, json_of
from quarterhour.web.cds.services import UNASKED, Service, services
from quarterhour.web.refusals import Refused, words_of
from quarterhour.workflows.check import Wish
from quarterhour.workflows.hooks import AnotherOne, NotSent, checked_hook

_SENT: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "hook": {"type": "string"},
        "hookInstance": {"type": "string", "format": "uuid"},
        "context": {"type": "object"},
        "prefetch": {"type": "object"},
    },
    "required": ["hook", "hookInstance", "context"],
}
_FEEDBACK: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {"feedback": {"type": "array", "items": {"type": "object"}}},
    "required": ["feedback"],
}
_PRECONDITION: Final[dict[int | str, dict[str, Any]]] = {
    412: REFUSALS[422] | {"description": "Resources are missing, and nothing is fetched."}
}

router = APIRouter(prefix="/cds-services", responses=REFUSALS)


def _service(id: str, started: Started) -> Service:  # noqa: A002 - the word of the specification
    found = services(started.note_hook).get(id)
    if found is None:
        raise Refused(404, "no such service; /cds-services lists them")
    return found


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


@router.get("", response_class=Answer, responses=answers(keys(services="array"), "The services."))
def discovery(started: Started) -> Response:
    """The services, with the resources each asks for."""
    return Answer({"services": [one.told for one in services(started.note_hook).values()]})


@router.post(
    "/{id}", response_class=Answer, responses=answers(keys(cards="array")) | _PRECONDITION, openapi_extra=_body(_SENT)
)
def call(request: Request, id: str, content: JsonContent, started: Started) -> Response:  # noqa: A002
    """What is wrong or unsupported in the visit, as cards."""
    service = _service(id, started)
    asked = _asked(json_of(content), service)
    instance = _instance(asked["hookInstance"])
    wish = Wish(
        payer=started.payer,
        persona=service.persona,
        policy_folders=started.policy_folders,
        vocabulary=started.vocabulary,
    )
    try:
        checked = checked_hook(asked["context"], asked.get("prefetch") or {}, service.needed, wish, unasked=UNASKED)
    except NotSent as error:
        raise Refused(412, words_of(error)) from error
    except AnotherOne as error:
        raise Refused(400, words_of(error)) from error
    view = View(checked.notes)
    return Answer({"cards": cards(checked.report, view, str(request.base_url), instance)})


@router.post(
    "/{id}/feedback",
    response_class=Answer,
    responses=answers({"type": "object"}, "Taken, and not kept."),
    openapi_extra=_body(_FEEDBACK),
)
def feedback(id: str, content: JsonContent, started: Started) -> Response:  # noqa: A002
    """What became of cards. It is read and not kept, since nothing is: a record system that wants it keeps its own."""
    _service(id, started)
    sent = json_of(content)
    if not isinstance(sent, dict) or not isinstance(sent.get("feedback"), list):
        raise _wrong("feedback", "expected a list")
    return Answer({})


def _asked(sent: Any, service: Service) -> dict[str, Any]:
    """The request, its parts held against the specification.

    Raises:
        Refused: where one is missing or of another kind.

    """
    if not isinstance(sent, dict):
        raise _wrong("", "expected an object with hook, hookInstance, context and prefetch")
    if sent.get("hook") != service.hook:
        raise _wrong("hook", f"this service is called at {service.hook}")
    context = sent.get("context")
    if not isinstance(context, dict):
        raise _wrong("context", "expected an object")
    for name in ("patientId", "encounterId"):
        if not isinstance(context.get(name), str):
            raise _wrong(f"context/{name}", "expected a text, which the hook defines as required")
    if not isinstance(sent.get("prefetch"), dict | None):
        raise _wrong("prefetch", "expected an object")
    return sent | {"hookInstance": sent.get("hookInstance")}


def _instance(text: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        raise _wrong("hookInstance", "expected a UUID") from None


def _wrong(where: str, message: str) -> Refused:
    pointer = f"/{where}" if where else ""
    place = {"pointer": pointer, "line": None, "column": None, "message": message}
    return Refused(400, f"{message}{f' (at {pointer})' if pointer else ''}", errors=[place])
