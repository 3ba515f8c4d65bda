"""Patients, practitioners and organisations as the records of people a visit and a claim have."""

from __future__ import annotations

from typing import Final

from quarterhour.interchange.fhir.reading.coded import code_of, identified
from quarterhour.interchange.fhir.reading.extensions import extension, is_complete, plain, value_of
from quarterhour.interchange.fhir.reading.node import Node
from quarterhour.interchange.fhir.reading.part import Part
from quarterhour.interchange.fhir.reading.resources import Resource, Resources
from quarterhour.interchange.fhir.systems import NPI, PATIENT, TAX_ID, TAXONOMY

PRACTITIONER: Final = "Practitioner"
ROLE: Final = "PractitionerRole"
ORGANIZATION: Final = "Organization"
LOCATION: Final = "Location"
PARTIES: Final = (PRACTITIONER, ROLE, ORGANIZATION)
_SEX: Final = {"female": "F", "male": "M", "unknown": "U"}
_STREETS: Final = {"street": ("street", "street2"), "line1": ("line1", "line2")}


def patient(resource: Resource | None) -> Part:
    """A patient; the id is our own identifier, else the medical record number, else any, else the resource's id."""
    part = Part(resource.node.place if resource else None)
    if resource is None:
        return part
    node = resource.node
    part.put_node("member_id", identified(node, kind="MB"))
    own = identified(node, PATIENT) or identified(node, kind="MR") or _other_identifier(node)
    part.put_node("id", own)
    part.put("id", resource.id if own is None and not is_complete(node) else None, node)
    part.put_part("name", _name(node))
    part.put_node("birth_date", node.simple("birthDate"))
    gender = node.simple("gender")
    if gender is not None:
        part.put("sex", _SEX.get(str(gender.value)), gender)
        if gender.value not in _SEX:
            gender.log.read.discard(gender.place)
    part.put_part("address", address(_first(node, "address")))
    return part


def provider(resources: Resources, at: Resource, reference: Node | None, *kinds: str) -> Part:
    """A provider, given by reference to a practitioner, a role of one, or an organisation, or merely by name."""
    part = Part()
    if reference is None:
        return part
    found = resources.referred(at, reference, *(kinds or PARTIES))
    if found is None:
        part.put_node("name", reference.simple("display"))
        return part
    if found.kind == ROLE:
        return _role(resources, found)
    return _party(found)


def address(node: Node | None) -> Part:
    """An address as texts by name: street, street2, city, state, zip, country, and whatever else was kept."""
    part = Part()
    if node is None:
        return part
    word, _ = value_of(node, "street_word")
    for name, line in zip(_STREETS.get(str(word), _STREETS["street"]), node.each("line"), strict=False):
        line.used()
        part.put_node(name, line)
    for name, member in (("city", "city"), ("state", "state"), ("zip", "postalCode"), ("country", "country")):
        part.put_node(name, node.simple(member))
    further = extension(node, "further")
    for one in further.objects("extension") if further else ():
        part.put(one.text("url") or "", plain(one), one)
    return part


def person(node: Node) -> str | None:
    """A person's name in one line: as written, else given names before the family's."""
    name = _first(node, "name")
    if name is None:
        return None
    written = name.text("text")
    given = [str(one.value) for one in _used(name.each("given"))]
    family = name.text("family")
    return written or " ".join([*given, *([family] if family else [])]) or None


def _role(resources: Resources, role: Resource) -> Part:
    """A practitioner in a role: the person, with the taxonomy of the role where they have none of their own."""
    node = role.node
    part = Part()
    who = resources.referred(role, node.get("practitioner"), PRACTITIONER)
    if who is not None:
        part = _party(who)
    for concept in [*node.objects("specialty"), *node.objects("code")]:
        part.put_node("taxonomy", code_of(concept, TAXONOMY))
    if who is None:
        part.put_node("npi", identified(node, NPI))
        part.put_node("name", node.simple("practitioner", "display"))
    return part


def _party(resource: Resource) -> Part:
    node = resource.node
    part = Part(node.place)
    part.put_node("npi", identified(node, NPI))
    part.put_node("tax_id", identified(node, TAX_ID) or identified(node, kind="TAX"))
    if resource.kind == PRACTITIONER:
        part.put("name", person(node), node.get("name"))
        for one in node.objects("qualification"):
            concept = one.get("code")
            taxonomy = code_of(concept, TAXONOMY)
            part.put_node("taxonomy", taxonomy)
            if taxonomy is None and concept is not None:
                part.put_node("credential", concept.simple("text") or _code_or_none(concept))
    else:
        part.put_node("name", node.simple("name"))
        for concept in node.objects("type"):
            part.put_node("taxonomy", code_of(concept, TAXONOMY))
        part.put("credential", *value_of(node, "credential"))
    where = node.get("address")
    part.put_part("address", address(where if resource.kind == LOCATION else _first(node, "address")))
    return part


def place(resource: Resource) -> Part:
    """A place where services are furnished, as a provider: its number, name and address."""
    return _party(resource)


def _code_or_none(concept: Node) -> Node | None:
    """The first code of a concept of any system: a credential is met in many."""
    first = next(iter(concept.objects("coding")), None)
    if first is None:
        return None
    first.used()
    return first.simple("code")


def _name(node: Node) -> Part:
    part = Part()
    name = _first(node, "name")
    if name is None:
        return part
    part.put_node("family", name.simple("family"))
    given = _used(name.each("given"))
    if given:
        part.put("given", " ".join(str(one.value) for one in given), given[0])
    if not part:
        part.put_node("family", name.simple("text"))
    return part


def _other_identifier(node: Node) -> Node | None:
    """The value of the first identifier that is not the member's number with a payer."""
    member = identified(node, kind="MB")
    for one in node.objects("identifier"):
        value = one.simple("value")
        if value is not None and (member is None or value.place != member.place):
            one.used()
            return value
    return None


def _used(nodes: list[Node]) -> list[Node]:
    for one in nodes:
        one.used()
    return nodes


def _first(node: Node, name: str) -> Node | None:
    """The first of a list of objects; a person's official or usual name before others."""
    found = node.objects(name)
    preferred = [one for one in found if one.peek("use") in {"official", "usual", "home"}]
    first = next(iter(preferred or found), None)
    if first is not None:
        first.log.read.add((first.document, f"{first.pointer}/use"))
    return first
