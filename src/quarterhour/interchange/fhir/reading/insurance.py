"""Coverage as a payer of the patient."""

from __future__ import annotations

import functools
from typing import Final

from quarterhour.domain.coverage import Coverage
from quarterhour.interchange.fhir.reading.coded import code_of, code_of_coding, identified
from quarterhour.interchange.fhir.reading.extensions import extension, members
from quarterhour.interchange.fhir.reading.node import Node
from quarterhour.interchange.fhir.reading.part import Part
from quarterhour.interchange.fhir.reading.parties import ORGANIZATION, address, patient
from quarterhour.interchange.fhir.reading.resources import Resource, Resources
from quarterhour.interchange.fhir.systems import (
    ACT,
    COVERAGE_CLASS,
    FILING,
    PAYER,
    RELATIONSHIP,
    SELF_PAY,
    SOURCE_OF_PAYMENT,
    is_of,
)
from quarterhour.policy import load

COVERAGE: Final = "Coverage"
#: The patient's relationship to the insured, in the words of FHIR and as a claim codes it.
RELATIONSHIPS: Final = {"self": "18", "spouse": "01", "child": "19", "other": "G8"}
_ORDERS: Final = {1: "P", 2: "S", 3: "T"}
_GROUP: Final = "group"
#: Lists of types of coverage, and what the names of their codes in the policy begin with.
_LISTS: Final = ("claims/coverage_types:", "claims/filing:")
_BY_BEGIN: Final = "claims/coverage_types:sopt-"
_SORTS: Final = {
    FILING: "claims/filing:",
    SOURCE_OF_PAYMENT: _BY_BEGIN,
    ACT: "claims/coverage_types:act-",
    SELF_PAY: "claims/coverage_types:selfpay-",
}
_NEEDED: Final = frozenset({"payer_name", "payer_id", "member_id"})


def payer_terms(resource: Resource | None) -> tuple[str | None, Node | None]:
    """Under whose terms the coverage is, in our words or as far as its type tells in those of others; and the place."""
    kind = resource.node.get("type") if resource else None
    if kind is None:
        return None, None
    if (own := code_of(kind, PAYER)) is not None:
        return str(own.value), own
    for coding in kind.objects("coding"):
        for system, name in _SORTS.items():
            if is_of(coding.peek("system"), system) and (terms := _terms_of(name, coding.peek("code"))):
                return terms, code_of_coding(coding, system)
    return None, None


def _terms_of(sorts: str, code: object) -> str | None:
    """The payer a code of a list of types of coverage tells; a longer code is of the shorter one it begins with."""
    if not isinstance(code, str):
        return None
    names = [sorts + code[:length] for length in range(len(code), 0, -1)] if sorts == _BY_BEGIN else [sorts + code]
    return next((terms for name in names if (terms := _listed().get(name))), None)


@functools.cache
def _listed() -> dict[str, str]:
    """Payers by type of coverage, of the built-in policy, as last published."""
    policy = load()
    names = [name for name in policy.parameter_names() if name.startswith(_LISTS)]
    return {name: str(policy.parameter(name).values[-1].value) for name in names}


def member_id(resource: Resource | None) -> Node | None:
    """The insured's number."""
    return resource.node.simple("subscriberId") if resource else None


def coverage(resources: Resources, resource: Resource | None) -> Part:
    """A payer of the patient; nothing where name or number of the payer, or the member's number, is missing."""
    part = Part()
    if resource is None:
        return part
    node = resource.node
    part.put_node("member_id", member_id(resource))
    _payer(resources, resource, part)
    if not part.record.keys() >= _NEEDED:
        return Part()
    part.put_node("filing", code_of(node.get("type"), FILING))
    relationship = code_of(node.get("relationship"), RELATIONSHIP)
    if relationship is not None:
        part.put("relationship", RELATIONSHIPS.get(str(relationship.value)), relationship)
    order = node.integer("order")
    part.put("order", _ORDERS.get(order) if order else None, node)
    for group in node.objects("class"):
        if (kind := code_of(group.get("type"), COVERAGE_CLASS)) is not None and kind.value == _GROUP:
            part.put_node("group", group.simple("value"))
            part.put_node("group_name", group.simple("name"))
    own = extension(node, "coverage_details")
    for name, value in (members(own, Coverage) if own else {}).items():
        part.record[name] = value
    subscriber = resources.referred(resource, node.get("subscriber"), "Patient", "RelatedPerson")
    beneficiary = resources.referred(resource, node.get("beneficiary"), "Patient")
    if subscriber is not None and subscriber is not beneficiary:
        part.put_part("subscriber", patient(subscriber))
    return part


def _payer(resources: Resources, resource: Resource, part: Part) -> None:
    for payor in resource.node.objects("payor"):
        found = resources.referred(resource, payor, ORGANIZATION, "Patient", "RelatedPerson")
        if found is None or found.kind != ORGANIZATION:
            continue
        part.put_node("payer_name", found.node.simple("name"))
        part.put_node("payer_id", identified(found.node, kind="NIIP") or identified(found.node))
        part.put_part("payer_address", address(next(iter(found.node.objects("address")), None)))
