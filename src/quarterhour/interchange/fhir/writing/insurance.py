"""Coverage as a resource."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from quarterhour.domain.coverage import Coverage, OtherCoverage
from quarterhour.interchange.fhir.systems import COVERAGE_CLASS, IDENTIFIER_TYPE, PAYER, RELATIONSHIP
from quarterhour.interchange.fhir.writing.extensions import details, members_of, referring
from quarterhour.interchange.fhir.writing.parties import address, patient
from quarterhour.interchange.fhir.writing.pen import Element, Pen, concept, filled, identifier

_RELATIONSHIPS: Final = {"18": "self", "01": "spouse", "19": "child", "G8": "other"}
_ORDERS: Final = {"P": 1, "S": 2, "T": 3}
_PAYER_ID: Final = (IDENTIFIER_TYPE, "NIIP")
_GROUP: Final = "group"


def coverage(pen: Pen, insured: Coverage | None, beneficiary: Element, payer: str | None = None) -> Element | None:
    """A reference to a coverage; ``payer`` are the terms it is under. None where nothing is known of either."""
    if insured is None:
        if payer is None:
            return None
        bare: Element = {"type": concept(PAYER, payer), "beneficiary": beneficiary, "payor": [{"display": payer}]}
        return pen.add("Coverage", {"status": "active"} | bare)
    # What a member of Coverage cannot say stands with the rest that it has no member for.
    relationship, order = _RELATIONSHIPS.get(insured.relationship), _ORDERS.get(insured.order)
    spoken = [*([] if relationship else ["relationship"]), *([] if order else ["order"])]
    group = (
        filled({"type": concept(COVERAGE_CLASS, _GROUP), "value": insured.group, "name": insured.group_name})
        if insured.group
        else {}
    )
    if not insured.group:
        spoken.append("group_name")
    members: Element = {
        "status": "active",
        "extension": details("coverage", insured, "filing", "insurance_type", *spoken),
        "type": concept(PAYER, payer),
        "subscriber": patient(pen, insured.subscriber),
        "subscriberId": insured.member_id,
        "beneficiary": beneficiary,
        "relationship": concept(RELATIONSHIP, relationship),
        "payor": [_payer(pen, insured)],
        "class": [group] if group else [],
        "order": order,
    }
    return pen.add("Coverage", members)


def other_coverage(pen: Pen, other: OtherCoverage, beneficiary: Element) -> list[Element]:
    """Another payer of a visit as an extension: its coverage, and what it has said so far."""
    return members_of("other_coverage", said(other), *referring("coverage", coverage(pen, other.coverage, beneficiary)))


def said(other: OtherCoverage) -> dict[str, Any]:
    """What another payer has said, by name."""
    fields = msgspec.structs.fields(other)
    values = {field.encode_name: getattr(other, field.name) for field in fields if field.name != "coverage"}
    return {name: value for name, value in values.items() if value is not None}


def _payer(pen: Pen, insured: Coverage) -> Element:
    return pen.add(
        "Organization",
        {
            "identifier": identifier("", insured.payer_id, _PAYER_ID),
            "name": insured.payer_name,
            "address": address(insured.payer_address),
        },
    )
