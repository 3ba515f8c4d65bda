"""The answers by their keys, format 1; what each key holds is told on the page of the command."""

from __future__ import annotations

from typing import Any, Final

from quarterhour.web.api.documented import keys

_MAYBE: Final = "string|null"
_REPORT: Final = {"format": "integer", "tool": "object", "inputs": "array", "skipped": "array"}
_FOUND: Final = {"errors": "array", "summary": "object"}

REPORT: Final = keys(**_REPORT, findings="array", not_checked="array", **_FOUND)
QUESTIONS: Final = keys(**_REPORT, questions="array", **_FOUND)
DENIALS: Final = keys(
    **_REPORT, worklist="array", answered_later="array", unbalanced="array", outside_claims="array",
    provider_adjustments="array", not_matched="object", **_FOUND,
)  # fmt: skip
NOTE: Final = keys(
    format="integer", discipline=_MAYBE, sections="array", services="array", activities="array", assistance="array",
    times="object", elements="object", by_assistant="array", units="object|null", support="array",
)  # fmt: skip
UNITS: Final = keys(
    format="integer", method="string", on="string", discipline="string", total_timed_minutes="integer",
    total_units="integer", methods="object", services="array", lines="array", alternatives="array", not_billed="array",
    explanation="array", payer=_MAYBE, sources="array",
)  # fmt: skip
THRESHOLD: Final = keys(format="integer", order="string", accounts="array", not_counted="array", errors="array")
_FILE: Final[dict[str, Any]] = {
    "type": "object",
    "description": "The file: its content as text, or in base64 where it is none.",
    "properties": {
        "media_type": {"type": "string"},
        "encoding": {"enum": ["utf-8", "base64"]},
        "content": {"type": "string"},
    },
    "required": ["media_type", "encoding", "content"],
}
_CLAIMS: Final = keys(
    **{"format": "integer", "as": "string", "written": "boolean", "claims": "array", "charge": "string"},
    findings="array", other_form="array", changes="array", file="object",
)  # fmt: skip
CLAIM: Final = _CLAIMS | {"properties": _CLAIMS["properties"] | {"file": _FILE}}
_CONVERTED: Final = keys(
    **{"format": "integer", "from": "string", "to": "string", "not_carried": "object", "left_out": "object"},
    changes="array", file="object",
)  # fmt: skip
CONVERTED: Final = _CONVERTED | {"properties": _CONVERTED["properties"] | {"file": _FILE}}
_CARD: Final = keys(
    format="integer", on="string", code="string", label="string", kind="string", timed="boolean",
    unit_minutes="integer|null", disciplines="array", valid="object", similar="array", unlikely_units="object",
    history="array", sources="array",
)  # fmt: skip
_COMPARED: Final = keys(
    format="integer", on="string", codes="array", differences="array", edits="object", same_minutes="string"
)
#: One card, or with another code the two beside each other.
CODE: Final = {"anyOf": [_CARD, _COMPARED]}
PAIR: Final = keys(
    format="integer", codes="array", on="string", claim="string", known="boolean", edit="boolean|null", reason="string",
    column1=_MAYBE, column2=_MAYBE, indicator=_MAYBE, bypass="array", modifier_on=_MAYBE, history="array",
    as_of="string", release=_MAYBE, payer_notes="array", sources="array",
)  # fmt: skip
CONTRACTOR: Final = keys(
    format="integer", on="string", state="string", area=_MAYBE, zip=_MAYBE, contractor="string", jurisdiction="string",
    part_b="array", policies="array", carrier=_MAYBE, locality=_MAYBE, locality_name=_MAYBE, localities="array",
    locality_shared="boolean", localities_as_of="string", sources="array",
)  # fmt: skip
PRICE: Final = keys(
    format="integer", on="string", basis="string", zip=_MAYBE, carrier=_MAYBE, locality=_MAYBE, locality_name=_MAYBE,
    indices="object|null", conversion_factor=_MAYBE, lines="array", services="array", not_priced="array",
    total_allowed="string", payment="object|null", explanation="array", notes="array", sources="array",
)  # fmt: skip
RULES: Final = keys(format="integer", on=_MAYBE, payer=_MAYBE, rules="array")
RULE: Final = keys(
    format="integer", on="string", rule="string", name="string", family="string", severity="string",
    confidence="string", persona="string", also_for="array", kind="string", element=_MAYBE, applies=_MAYBE,
    title="string", message="string", remedy="object", needs="array", tables="array", values="array", sources="array",
    sections="object", page="string",
)  # fmt: skip
POLICY: Final = keys(
    format="integer", version=_MAYBE, in_force="boolean", hash="string", built_in="array", imported="array",
    versions="array",
)  # fmt: skip
HEALTH: Final = keys(format="integer", status="string", tool="object")
