"""Claim resources as claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quarterhour.domain.claim import Attachment, Claim, Institutional
from quarterhour.domain.coverage import OtherCoverage
from quarterhour.domain.money import Cents
from quarterhour.interchange.fhir.reading.coded import code_of, code_of_coding, codes_of, day_of, identified
from quarterhour.interchange.fhir.reading.extensions import extension, extensions, members, money, value_of
from quarterhour.interchange.fhir.reading.insurance import COVERAGE, coverage, payer_terms
from quarterhour.interchange.fhir.reading.node import Node
from quarterhour.interchange.fhir.reading.part import Part
from quarterhour.interchange.fhir.reading.parties import LOCATION, ORGANIZATION, PARTIES, patient, provider
from quarterhour.interchange.fhir.reading.plan import CONDITION
from quarterhour.interchange.fhir.reading.resources import Resource, Resources
from quarterhour.interchange.fhir.reading.services import procedure_code
from quarterhour.interchange.fhir.systems import (
    CLAIM_TYPE,
    CPT,
    HCPCS,
    ICD_10_CM,
    PLACE_OF_SERVICE,
    RELATED_CLAIM,
    REVENUE,
)

CLAIM: Final = "Claim"
#: What each member of a care team is to the claim, by the code of the role in any of the systems it is met in.
_ROLES: Final = {
    "primary": "rendering_provider",
    "performing": "rendering_provider",
    "rendering": "rendering_provider",
    "supervisor": "supervising_provider",
    "supervising": "supervising_provider",
    "referring": "referring_provider",
    "ordering": "ordering_provider",
    "attending": "attending",
}
_RENDERING: Final = "rendering_provider"
_NOT_ASKED: Final = "not a claim for payment, by its use or status"
_NO_CODE: Final = "a line without a CPT or HCPCS code is no line of a claim"


def claims(resources: Resources) -> Iterator[tuple[Resource, Part]]:
    """The claims for payment of a file, each with its resource."""
    for one in resources.of(CLAIM):
        use, status = one.node.text("use"), one.node.text("status")
        if use not in {"claim", None} or status in {"cancelled", "draft"}:
            one.node.leave(_NOT_ASKED)
            continue
        yield one, _claim(resources, one)


def _claim(resources: Resources, claim: Resource) -> Part:
    node, part = claim.node, Part()
    number = identified(node)
    part.put_node("patient_control_number", number)
    part.put("patient_control_number", claim.id or "", node)
    for coding in _codings(node.get("type")):
        part.put_node("claim_type", code_of_coding(coding, CLAIM_TYPE))
    own = extension(node, "claim_details")
    details = members(own, Claim) if own else {}
    for name, value in details.items():
        part.put(name, value, own)
    part.put_part("patient", patient(resources.referred(claim, node.get("patient"), "Patient")))
    part.put_part("billing_provider", provider(resources, claim, node.get("provider")))
    part.put_part("service_facility", provider(resources, claim, node.get("facility"), LOCATION, ORGANIZATION))
    _insurance(resources, claim, part)
    team = _team(resources, claim, part)
    diagnoses = _diagnoses(resources, claim)
    part.put_nodes("diagnoses", [code for _, code in diagnoses])
    places = {sequence: place for place, (sequence, _) in enumerate(diagnoses, 1)}
    lines = [_line(one, team, places) for one in node.objects("item")]
    part.put_parts("lines", [one for one in lines if one])
    _places(part)
    total = node.get("total")
    part.put("stated_charge", money(total), total)
    for related in node.objects("related"):
        part.put_node("original_reference", related.simple("reference", "value"))
        code_of(related.get("relationship"), RELATED_CLAIM)
    onset = next(
        (one.simple("timingDate") for one in node.objects("supportingInfo") if _category(one) == "onset"), None
    )
    part.put("onset", day_of(onset), onset)
    accident = node.simple("accident", "date")
    part.put("accident", day_of(accident), accident)
    part.put_node("accident_state", node.simple("accident", "locationAddress", "state"))
    attached = extensions(node, "attachment")
    part.put("attachments", [members(one, Attachment) for one in attached] or None, node)
    _institutional(node, part)
    part.put("payer", "", node)
    part.put("lines", [], node)
    return part


def _codings(concept: Node | None) -> list[Node]:
    return concept.objects("coding") if concept else []


def _insurance(resources: Resources, claim: Resource, part: Part) -> None:
    """The payer the claim goes to is the focal one; the others have said something of it, or not yet."""
    listed = claim.node.objects("insurance")
    focal = next((one for one in listed if one.peek("focal") is True), listed[0] if listed else None)
    others: list[Part] = []
    for one in listed:
        for name in ("focal", "sequence"):
            one.simple(name)
        found = resources.referred(claim, one.get("coverage"), COVERAGE)
        insured = coverage(resources, found)
        if one is focal:
            part.put("payer", *payer_terms(found))
            part.put_part("coverage", insured)
            for reference in one.each("preAuthRef"):
                reference.used()
                part.put_node("prior_authorization", reference)
        elif insured:
            other = Part()
            other.put_part("coverage", insured)
            said = extension(one, "said")
            for name, value in (members(said, OtherCoverage) if said else {}).items():
                other.put(name, value, one)
            others.append(other)
    part.put_parts("others", others)


def _team(resources: Resources, claim: Resource, part: Part) -> dict[int | None, Part]:
    """The care team by sequence; its members whose role is the whole claim's are set."""
    team: dict[int | None, Part] = {}
    only_lines = {number for item in claim.node.objects("item") for number in _numbers(item, "careTeamSequence")}
    for one in claim.node.objects("careTeam"):
        place = one.integer("sequence")
        who = provider(resources, claim, one.get("provider"), *PARTIES)
        role = _ROLES.get(_role(one), None if _role(one) else _RENDERING)
        team[place] = who
        if role is None or (role == _RENDERING and place in only_lines):
            continue
        part.put_part(role, who)
    return team


def _role(member: Node) -> str:
    codes = [str(code) for one in _codings(member.get("role")) if (code := one.text("code"))]
    for one in _codings(member.get("role")):
        one.used()
    return next((code for code in codes if code in _ROLES), codes[0] if codes else "")


def _diagnoses(resources: Resources, claim: Resource) -> list[tuple[int, Node]]:
    """The diagnoses by their sequence, to which the lines point."""
    found: list[tuple[int, Node]] = []
    for number, one in enumerate(claim.node.objects("diagnosis"), 1):
        sequence = one.integer("sequence")
        condition = resources.referred(claim, one.get("diagnosisReference"), CONDITION)
        concept = condition.node.get("code") if condition else one.get("diagnosisCodeableConcept")
        code = code_of(concept, ICD_10_CM)
        if code is None:
            one.defect("expected a diagnosis with an ICD-10-CM code")
        else:
            found.append((number if sequence is None else sequence, code))
    return sorted(found, key=lambda one: one[0])


def _line(node: Node, team: dict[int | None, Part], places: dict[int, int]) -> Part:
    part = Part(node.place)
    node.simple("sequence")
    for encounter in node.objects("encounter"):
        encounter.used()
    code = procedure_code(node.get("productOrService"))
    if code is None:
        node.leave(_NO_CODE)
        return part
    part.put_node("code", code)
    units = node.simple("quantity", "value")
    part.put_node("units", units)
    part.put("units", 1 if units is None else None, node)
    part.put_nodes("modifiers", codes_of(node.objects("modifier"), CPT, HCPCS))
    net = node.get("net")
    charge = money(net)
    part.put("charge", charge, net)
    part.put("charge", _priced(node, units) if net is None else None, node)
    begun = node.simple("servicedDate") or node.simple("servicedPeriod", "start")
    ended = node.simple("servicedPeriod", "end")
    part.put("date_of_service", day_of(begun), begun)
    part.put("date_to", day_of(ended), ended)
    part.put_node("revenue_code", code_of(node.get("revenue"), REVENUE))
    part.put_node("place_of_service", code_of(node.get("locationCodeableConcept"), PLACE_OF_SERVICE))
    pointers = [places.get(sequence, sequence) for sequence in _numbers(node, "diagnosisSequence")]
    part.put("diagnosis_pointers", pointers or None, node)
    for sequence in _numbers(node, "careTeamSequence"):
        part.put_part("rendering_provider", team.get(sequence))
    part.put("control_number", *value_of(node, "control_number"))
    part.put("prior_authorization", *value_of(node, "prior_authorization"))
    return part


def _numbers(node: Node, name: str) -> list[int]:
    """The whole numbers of a list."""
    found = node.each(name)
    for one in found:
        one.used()
    return [one.value for one in found if isinstance(one.value, int)]


def _priced(node: Node, units: Node | None) -> str | None:
    """The charge of a line that states only the price of a unit."""
    each = money(node.get("unitPrice"))
    count = units.value if units is not None else 1
    return str(Cents(Cents.parse(each) * count)) if each is not None and isinstance(count, int) else None


def _places(part: Part) -> None:
    """The place of service of all lines is the claim's; on a line stands only another."""
    lines = part.record.get("lines", [])
    places = [line.get("place_of_service") for line in lines]
    common = part.record.get("place_of_service") or next(iter(places), None)
    if common is None or ("place_of_service" not in part.record and places.count(common) != len(places)):
        return
    part.put("place_of_service", common)
    for number, line in enumerate(lines):
        if line.get("place_of_service") == common:
            del line["place_of_service"]
            part.places.setdefault("/place_of_service", part.places.pop(f"/lines/{number}/place_of_service"))


def _category(info: Node) -> str | None:
    info.simple("sequence")
    codings = _codings(info.get("category"))
    for one in codings:
        one.used()
    return codings[0].text("code") if codings else None


def _institutional(node: Node, part: Part) -> None:
    """What only an institutional claim has; its attending provider stands in the care team."""
    own = extension(node, "institutional")
    attending = part.record.pop("attending", None)
    if own is None:
        return
    record = members(own, Institutional)
    if attending is not None:
        record["attending"] = attending
    period = {name: node.simple("billablePeriod", end) for name, end in _STATEMENT}
    for name, at in period.items():
        if (day := day_of(at)) is not None:
            record[name] = day
    part.put("institutional", record, own)


_STATEMENT: Final = (("statement_from", "start"), ("statement_to", "end"))
