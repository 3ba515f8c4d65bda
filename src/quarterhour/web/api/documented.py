"""What OpenAPI says beside the parameters, which FastAPI reads off the handlers: bodies, answers and refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from quarterhour.web.refusals import PROBLEM

Schema = dict[str, Any]
_JSON: Final = "application/json"
_ERROR: Final[Schema] = {
    "type": "object",
    "properties": {
        "pointer": {"type": ["string", "null"], "description": "JSON pointer"},
        "line": {"type": ["integer", "null"]},
        "column": {"type": ["integer", "null"]},
        "message": {"type": "string"},
    },
    "required": ["message"],
}
_PROBLEM: Final[Schema] = {
    "type": "object",
    "description": "RFC 9457; no member repeats what was sent.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": _ERROR},
    },
    "required": ["type", "title", "status", "detail"],
}
_REFUSED: Final[dict[int | str, str]] = {
    400: "Not JSON, or not called by a name the server has.",
    403: "Sent by a page of another site.",
    404: "No such code, rule, payer or place.",
    405: "Not asked that way.",
    406: "None of the forms that are accepted can be given.",
    413: "More was sent than is read.",
    415: "A kind of content that is not read.",
    422: "Cannot be answered; `detail` says why, `errors` where.",
    503: "More is being answered than is held at once; ask again.",
}
#: Every refusal, for all addresses.
REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"description": said, "content": {PROBLEM: {"schema": _PROBLEM}}} for status, said in _REFUSED.items()
}
_RECORD: Final = {"type": ["object", "array"]}
_TEXT: Final = {"type": "string"}
#: What a check reads, by what it holds.
ANYTHING: Final[dict[str, Any]] = {
    "required": True,
    "description": "Visit records, a note, X12, FHIR R4 or a table: recognised by content.",
    "content": {
        _JSON: {"schema": _RECORD},
        "application/fhir+json": {"schema": _RECORD},
        **{kind: {"schema": _TEXT} for kind in ("text/plain", "text/csv", "application/edi-x12")},
        "application/octet-stream": {"schema": {}},
    },
}
#: A note, or a visit record with one.
NOTE: Final[dict[str, Any]] = {
    "required": True,
    "description": "The text of a note, or one visit record with a note.",
    "content": {"text/plain": {"schema": _TEXT}, _JSON: {"schema": {"type": "object"}}},
}
#: Several files, or one.
FILES: Final[dict[str, Any]] = {
    "required": True,
    "description": "Files in a form, or one as it is.",
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                "required": ["file"],
            }
        },
        "application/edi-x12": {"schema": _TEXT},
    },
}


def called_with(properties: Mapping[str, Schema], required: Sequence[str]) -> dict[str, Any]:
    """A body that is the arguments of a call from Python."""
    schema = {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}
    return {"required": True, "content": {_JSON: {"schema": schema}}}


def answers(schema: Schema, said: str = "The answer.", **others: Schema) -> dict[int | str, dict[str, Any]]:
    """An answer in JSON, and in other forms, by media type."""
    return {
        200: {
            "description": said,
            "content": {_JSON: {"schema": schema}} | {k: {"schema": v} for k, v in others.items()},
        }
    }


def keys(**kinds: str) -> Schema:
    """An answer by its keys, all of them there; kinds as in JSON, parted by ``|``. More keys may come."""
    told = {name: {"type": kind.split("|") if "|" in kind else kind} for name, kind in kinds.items()}
    return {"type": "object", "properties": told, "required": list(told)}
