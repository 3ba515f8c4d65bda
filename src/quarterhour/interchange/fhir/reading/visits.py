"""Encounters, and what belongs to them, as visit records."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from quarterhour.domain.coverage import OtherCoverage
from quarterhour.domain.visit import Accrued
from quarterhour.interchange.fhir.reading.coded import clock_of, code_of, code_of_coding, day_of, identified, minutes_of
from quarterhour.interchange.fhir.reading.extensions import (
    extension,
    extensions,
    is_complete,
    members,
    referred,
    value_of,
)
from quarterhour.interchange.fhir.reading.insurance import COVERAGE, coverage, member_id, payer_terms
from quarterhour.interchange.fhir.reading.node import Node
from quarterhour.interchange.fhir.reading.part import Part
from quarterhour.interchange.fhir.reading.parties import LOCATION, PARTIES, patient, person, provider
from quarterhour.interchange.fhir.reading.plan import plan_of_care, requests
from quarterhour.interchange.fhir.reading.resources import Resource, Resources
from quarterhour.interchange.fhir.reading.services import CHARGE, PROCEDURE, performed_on, services
from quarterhour.interchange.fhir.reading.subjects import Patient, is_of, of_same_patient, patient_of
from quarterhour.interchange.fhir.systems import (
    DISCIPLINE,
    PARTICIPATION,
    PLACE_OF_SERVICE,
    ROLE,
    SETTING,
    VISIT,
)

ENCOUNTER: Final = "Encounter"
DOCUMENT: Final = "DocumentReference"
#: An encounter of another status is no visit that took place.
_TOOK_PLACE: Final = frozenset({"finished", "in-progress", "arrived", "onleave", "triaged"})
_NO_VISIT: Final = "not a visit that took place, by its status"
_ANOTHERS: Final = "of another patient than the visit it names"
_PLAIN_TEXT: Final = "text/plain"
#: Who took part in an encounter as what, by the code of the participation.
_PARTS: Final = {"PPRF": "therapist", "ATND": "therapist", "SPRF": "assistant", "REF": "referring_provider"}


class Belonging(msgspec.Struct):
    """What belongs to one visit; ``at`` is its encounter, or what stands for one, ``patient`` whose it is."""

    at: Resource
    patient: Patient | None = None
    procedures: list[Resource] = msgspec.field(default_factory=list)
    charges: list[Resource] = msgspec.field(default_factory=list)
    documents: list[Resource] = msgspec.field(default_factory=list)
    items: list[Node] = msgspec.field(default_factory=list)


def visits(resources: Resources) -> Iterator[tuple[Resource, Part]]:
    """The visit records of a file, each with the resource it stands at."""
    for one in _gathered(resources):
        if one.at.kind != ENCOUNTER:
            yield one.at, _without_encounter(resources, one)
        elif (status := one.at.node.simple("status")) is not None and status.value not in _TOOK_PLACE:
            one.at.node.leave(_NO_VISIT)
        else:
            yield one.at, _visit(resources, one)


def _gathered(resources: Resources) -> list[Belonging]:
    """What belongs together: by encounter; procedures without one by patient and day, notes without one alone."""
    found: dict[Any, Belonging] = {
        one.node.place: Belonging(one, patient_of(resources, one)) for one in resources.of(ENCOUNTER)
    }
    for procedure in resources.of(PROCEDURE):
        at = _of(resources, found, procedure, procedure.node.get("encounter"))
        at.procedures += _own(resources, at, procedure)
    for charge in resources.of(CHARGE):
        at = _of(resources, found, charge, charge.node.get("context"))
        at.charges += _own(resources, at, charge)
    for document in resources.of(DOCUMENT):
        contexts = document.node.get("context")
        encounter = next(iter(contexts.objects("encounter")), None) if contexts else None
        at = _of(resources, found, document, encounter)
        at.documents += _own(resources, at, document)
    for claim in resources.of("Claim"):
        _items(resources, found, claim)
    return list(found.values())


def _own(resources: Resources, at: Belonging, resource: Resource) -> list[Resource]:
    """The resource, unless it is of another patient than the visit is of; the first that names one says whose it is."""
    if not is_of(resources, resource, at.patient, at.at.kind):
        resource.node.leave(_ANOTHERS)
        return []
    at.patient = at.patient or patient_of(resources, resource)
    return [resource]


def _items(resources: Resources, found: Mapping[Any, Belonging], claim: Resource) -> None:
    """The lines of a claim, each to the encounter it names."""
    for item in claim.node.objects("item"):
        for reference in item.objects("encounter"):
            encounter = resources.referred(claim, reference, ENCOUNTER)
            at = found.get(encounter.node.place) if encounter is not None else None
            if at is not None and is_of(resources, claim, at.patient, ENCOUNTER):
                at.items.append(item)


def _of(resources: Resources, found: dict[Any, Belonging], resource: Resource, reference: Node | None) -> Belonging:
    encounter = resources.referred(resource, reference, ENCOUNTER)
    if encounter is not None and encounter.node.place in found:
        return found[encounter.node.place]
    key: Any = resource.node.place
    if resource.kind in {PROCEDURE, CHARGE}:
        day = performed_on(resource) if resource.kind == PROCEDURE else _occurred_on(resource)
        key = (str(resource.node.peek("subject")), day)
    return found.setdefault(key, Belonging(resource))


def _visit(resources: Resources, one: Belonging) -> Part:
    encounter, part = one.at, Part()
    node = encounter.node
    begun = node.simple("period", "start")
    clock_of(node.simple("period", "end"))
    part.put("date_of_service", day_of(begun), begun)
    if begun is None:
        _day_of_services(one, part)
    part.put_node("visit_id", identified(node, VISIT) or identified(node))
    part.put("visit_id", encounter.id if not is_complete(node) else None, node)
    part.put_node("discipline", code_of(node.get("serviceType"), DISCIPLINE))
    minutes, at = minutes_of(node.get("length"))
    part.put("total_treatment_minutes", minutes, at)
    part.put("total_timed_minutes", *value_of(node, "total_timed_minutes"))
    part.put("prior_authorization", *value_of(node, "prior_authorization"))
    accrued = extension(node, "accrued")
    part.put("accrued", members(accrued, Accrued) if accrued else None, accrued)
    _location(resources, encounter, part)
    _people(resources, one, part)
    subject = resources.referred(encounter, node.get("subject"), "Patient", "Group")
    who = subject if subject is not None and subject.kind == "Patient" else None
    _insured(resources, encounter, who, part)
    part.put_part("plan_of_care", plan_of_care(resources, encounter, who, part.record.get("date_of_service")))
    part.put_parts("services", services(resources, one.procedures, one.charges, one.items))
    _note(resources, one.documents, part)
    return part


def _without_encounter(resources: Resources, one: Belonging) -> Part:
    """A visit of procedures of one patient and day, or of a note, that name no encounter."""
    part, node = Part(), one.at.node
    _day_of_services(one, part)
    if one.at.kind == DOCUMENT:
        begun = node.simple("context", "period", "start")
        part.put("date_of_service", day_of(begun), begun)
    _people(resources, one, part)
    who = resources.referred(one.at, node.get("subject"), "Patient", "Group")
    _insured(resources, one.at, who if who is not None and who.kind == "Patient" else None, part)
    part.put_parts("services", services(resources, one.procedures, one.charges, one.items))
    _note(resources, one.documents, part)
    return part


def _day_of_services(one: Belonging, part: Part) -> None:
    for procedure in one.procedures:
        part.put("date_of_service", performed_on(procedure), procedure.node)
    for charge in one.charges:
        part.put("date_of_service", _occurred_on(charge), charge.node)


def _occurred_on(charge: Resource) -> str | None:
    return day_of(charge.node.simple("occurrenceDateTime") or charge.node.simple("occurrencePeriod", "start"))


def _location(resources: Resources, encounter: Resource, part: Part) -> None:
    for one in encounter.node.objects("location"):
        place = resources.referred(encounter, one.get("location"), LOCATION)
        if place is None:
            continue
        for concept in place.node.objects("type"):
            part.put_node("place_of_service", code_of(concept, PLACE_OF_SERVICE))
            part.put_node("setting", code_of(concept, SETTING))
        part.put_node("state", place.node.simple("address", "state"))
        part.put_node("zip", place.node.simple("address", "postalCode"))


def _people(resources: Resources, one: Belonging, part: Part) -> None:
    """Who took part as what: participants of the encounter, else performers of the procedures; who billed."""
    node = one.at.node
    for participant in node.objects("participant"):
        role = _role(participant)
        if role is not None:
            part.put_part(role, provider(resources, one.at, participant.get("individual")))
    performers = [
        (procedure, actor)
        for procedure in one.procedures
        for performer in procedure.node.objects("performer")
        if (actor := performer.get("actor"))
    ]
    for at, actor in performers:
        part.put_part("therapist", provider(resources, at, actor, *PARTIES, "Patient", "RelatedPerson", "Device"))
    for request in requests(resources, one.at):
        part.put_part("referring_provider", provider(resources, request, request.node.get("requester")))
    part.put_part("billing_provider", provider(resources, one.at, node.get("serviceProvider")))


def _role(participant: Node) -> str | None:
    """What a participant was; somebody of no said type is taken for the one who treated."""
    types = participant.objects("type")
    if not types:
        return "therapist"
    for concept in types:
        for coding in concept.objects("coding"):
            if (own := code_of_coding(coding, ROLE)) is not None:
                return str(own.value)
            code = code_of_coding(coding, PARTICIPATION)
            if code is not None and code.value in _PARTS:
                return _PARTS[str(code.value)]
    return None


def _insured(resources: Resources, at: Resource, who: Resource | None, part: Part) -> None:
    """The patient and the payers: those the encounter names, else the patient's own coverages by their order."""
    named = [referred_to for one in extensions(at.node, "coverage") if (referred_to := one.get("valueReference"))]
    found = [resources.referred(at, one, COVERAGE) for one in named]
    listed = of_same_patient(resources, at, [one for one in found if one is not None])
    if not listed and not is_complete(at.node):
        listed = _coverages(resources, who)
    first = next(iter(listed), None)
    part.put("payer", *payer_terms(first))
    insured = coverage(resources, first)
    part.put_part("coverage", insured)
    treated = patient(who)
    if not insured:
        treated.put_node("member_id", member_id(first))
    part.put_part("patient", treated)
    others = [_other(resources, at, one) for one in extensions(at.node, "other_coverage")]
    part.put_parts("other_coverages", [one for one in others if one])


def _coverages(resources: Resources, who: Resource | None) -> list[Resource]:
    own = []
    for number, one in enumerate(resources.about(who, COVERAGE, "beneficiary")):
        order = one.node.integer("order")
        own.append((1 if order is None else order, number, one))
    return [one for _, _, one in sorted(own, key=lambda one: one[:2])]


def _other(resources: Resources, at: Resource, node: Node) -> Part:
    part = Part()
    insured = coverage(resources, resources.referred(at, referred(node, "coverage"), COVERAGE))
    if insured:
        part.put_part("coverage", insured)
        for name, value in members(node, OtherCoverage).items():
            part.put(name, value, node)
    return part


def _note(resources: Resources, documents: Iterable[Resource], part: Part) -> None:
    """The first document whose text can be read is the note; the others are told."""
    for document in documents:
        if "note" in part.record:
            document.node.leave("a visit has one note; this document is left out")
            continue
        node, note = document.node, Part()
        for content in node.objects("content"):
            _text(content.get("attachment"), note)
        note.put_node("type", node.simple("type", "text"))
        by = resources.referred(document, node.get("authenticator"), *PARTIES)
        note.put("signed_by", person(by.node) if by and by.kind == "Practitioner" else None, by.node if by else None)
        note.put_node("signed_by", node.simple("authenticator", "display"))
        note.put("signed_on", *value_of(node, "signed_on"))
        part.put_part("note", note)


def _text(attachment: Node | None, note: Part) -> None:
    if attachment is None:
        return
    kind = attachment.text("contentType") or _PLAIN_TEXT
    data = attachment.get("data")
    if data is None:
        url = attachment.get("url")
        if url is not None:
            url.leave("a document kept elsewhere is not fetched; put its text into data")
        return
    if kind.partition(";")[0].strip().lower() != _PLAIN_TEXT:
        data.leave("a document that is not plain text is not read; put the text into data as text/plain")
        return
    try:
        text = base64.b64decode(str(data.value), validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        data.defect("expected text in UTF-8, encoded in base64")
        return
    data.used()
    note.put("text", text, data)
