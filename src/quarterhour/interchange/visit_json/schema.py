"""The JSON Schema of a visit record, made from the types that read it, so that the two cannot differ.

What a schema cannot say stays with the reader: a key that stands twice in one object, half a character, and a whole
number written with a fraction (24.0). A payer may come with the call, so it is not required here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from quarterhour.domain.clock import Clock
from quarterhour.domain.money import Cents
from quarterhour.domain.people import ADDRESS_KEYS
from quarterhour.domain.visit import Visit

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
#: Of the form of the record; a key that is new changes nothing for who reads.
IDENTIFIER: Final = "urn:quarterhour:visit-record:1"
_DEFS: Final = "#/$defs/"
_NULL: Final[dict[str, Any]] = {"type": "null"}
#: What the reader takes for blanks around a time or an amount (``str.strip``), for all who know regular expressions.
_BLANKS: Final = r"[\t-\r\u001c- \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*"
_OWN: Final[dict[type, dict[str, Any]]] = {
    Clock: {
        "type": "string",
        "pattern": f"^{_BLANKS}([01]?[0-9]|2[0-3]):[0-5][0-9]{_BLANKS}$",
        "description": 'A time of day such as "09:05".',
    },
    Cents: {
        "type": "string",
        "pattern": rf"^{_BLANKS}-?[0-9]{{1,13}}(\.[0-9]{{1,2}})?{_BLANKS}$",
        "description": 'An amount in dollars as a text such as "34.61".',
    },
}
_DATE: Final = {
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "maxLength": 10,
    "not": {"pattern": "^0000"},
    "description": "A day of the calendar such as 2026-03-04.",
}
#: A visit without both says nothing that can be judged.
_SERVICES_OR_NOTE: Final = [
    {"required": ["services"], "properties": {"services": {"type": "array", "minItems": 1}}},
    {"required": ["note"], "properties": {"note": {"type": "object"}}},
]


def visit_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one visit record."""
    _, parts = msgspec.json.schema_components([Visit], schema_hook=_OWN.__getitem__, ref_template=f"{_DEFS}{{name}}")
    defs = {name: _as_read(part) for name, part in sorted(parts.items())}
    visit = defs.pop("Visit")
    return {
        "$schema": DIALECT,
        "$id": IDENTIFIER,
        **visit,
        "title": "Visit record",
        "anyOf": _SERVICES_OR_NOTE,
        "$defs": {**defs, "Address": _address(), "Date": _DATE},
    }


def _as_read(part: dict[str, Any]) -> dict[str, Any]:
    """One object as the reader takes it: ``null`` says what leaving a key out says."""
    made: dict[str, Any] = _written(part)
    if "properties" in made:
        required = made.get("required", [])
        made["properties"] = {
            name: wanted if name in required else _or_null(_of_key(name, wanted))
            for name, wanted in made["properties"].items()
        }
    if "description" in made:
        made["description"] = re.sub(r"\s+", " ", made["description"].replace("``", "")).strip()
    return made


def _written(value: Any) -> Any:
    """The same in words of every dialect of regular expressions, and dates in one place."""
    if isinstance(value, list):
        return [_written(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("format") == "date":
        return {"$ref": f"{_DEFS}Date"}
    found = {name: _written(one) for name, one in value.items() if name != "default"}
    if isinstance(found.get("pattern"), str):
        found["pattern"] = found["pattern"].replace(r"\Z", "$")
    return found


def _of_key(name: str, wanted: dict[str, Any]) -> dict[str, Any]:
    return {"$ref": f"{_DEFS}Address"} if name in {"address", "payer_address"} else wanted


def _or_null(wanted: dict[str, Any]) -> dict[str, Any]:
    """The wanted, or null; what says so already as it is."""
    kinds = list(_kinds(wanted))
    return wanted if _NULL in kinds else {"anyOf": [*kinds, _NULL]}


def _kinds(wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if set(wanted) == {"anyOf"}:
        yield from wanted["anyOf"]
    else:
        yield wanted


def _address() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key: {"anyOf": [{"type": "string"}, _NULL]} for key in ADDRESS_KEYS},
        "additionalProperties": False,
    }
