"""The shapes other programs may check their records against before they hand them over."""

from __future__ import annotations

from typing import Any, Final

from quarterhour.interchange.visit_json.schema import visit_schema
from quarterhour.workflows.errors import BadRequest

_SCHEMAS: Final = {"visit": visit_schema}
KINDS: Final = tuple(_SCHEMAS)


def schema(kind: str = "visit") -> dict[str, Any]:
    """The JSON Schema of a kind of record.

    Raises:
        BadRequest: for a kind there is no schema of.

    """
    if kind not in _SCHEMAS:
        msg = f"expected a schema of {' or '.join(KINDS)}, got {kind!r}"
        raise BadRequest(msg)
    return _SCHEMAS[kind]()
