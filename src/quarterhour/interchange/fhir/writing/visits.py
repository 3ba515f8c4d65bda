"""A visit as Encounter, Procedure, ChargeItem and what they refer to."""

from __future__ import annotations

import base64
from typing import Final

from quarterhour.domain.people import Provider
from quarterhour.domain.visit import Note, Service, Visit
from quarterhour.interchange.fhir.systems import (
    ACT,
    DISCIPLINE,
    PARTICIPATION,
    PLACE_OF_SERVICE,
    ROLE,
    SETTING,
    VISIT,
    ours,
    system_of,
)
from quarterhour.interchange.fhir.writing.extensions import (
    duration,
    extensions,
    money,
    pairs,
    referring,
)
from quarterhour.interchange.fhir.writing.insurance import coverage, other_coverage
from quarterhour.interchange.fhir.writing.parties import organization, patient, practitioner
from quarterhour.interchange.fhir.writing.pen import UNKNOWN, Element, Pen, concept, filled, identifier
from quarterhour.interchange.fhir.writing.plan import care_plan, conditions, order

#: How each of those who take part is called; FHIR has no word for who supervises.
_ROLES: Final = {
    "therapist": (PARTICIPATION, "PPRF"),
    "assistant": (PARTICIPATION, "SPRF"),
    "referring_provider": (PARTICIPATION, "REF"),
    "supervisor": (ROLE, "supervisor"),
}
_AMBULATORY: Final = {"system": ACT, "code": "AMB"}


def encounter(pen: Pen, visit: Visit) -> Element:
    """Write a visit and all that belongs to it; gives a reference to its Encounter."""
    subject = patient(pen, visit.patient)
    day = visit.date_of_service.isoformat()
    who = subject or UNKNOWN
    plan = visit.plan_of_care
    diagnosed = conditions(pen, plan, who) if plan else []
    ordered = order(pen, plan, who, visit.referring_provider) if plan else None
    insured = coverage(pen, visit.coverage, who, visit.payer)
    others = [other_coverage(pen, one, who) for one in visit.other_coverages or ()]
    members: Element = {
        "extension": [
            *extensions(
                complete=True,
                total_timed_minutes=visit.total_timed_minutes,
                prior_authorization=visit.prior_authorization,
                accrued=visit.accrued,
            ),
            *referring("coverage", insured),
            *referring("plan_of_care", care_plan(pen, plan, who, diagnosed) if plan else None),
            *(written for one in others for written in one),
        ],
        "identifier": identifier(VISIT, visit.visit_id),
        "status": "finished",
        "class": _AMBULATORY,
        "serviceType": concept(DISCIPLINE, visit.discipline),
        "subject": subject,
        "basedOn": [ordered] if ordered else [],
        "participant": _participants(pen, visit),
        "period": {"start": day, "end": day},
        "length": duration(visit.total_treatment_minutes) if visit.total_treatment_minutes is not None else None,
        "diagnosis": [{"condition": one, "rank": rank} for rank, one in enumerate(diagnosed, 1)],
        "location": _location(pen, visit),
        "serviceProvider": organization(pen, visit.billing_provider),
    }
    at = pen.add("Encounter", members, once=False)
    for service in visit.services:
        _service(pen, service, at, who, day)
    if visit.note is not None:
        _note(pen, visit.note, at, subject)
    return at


def _participants(pen: Pen, visit: Visit) -> list[Element]:
    found: list[Element] = []
    for name, (system, code) in _ROLES.items():
        who: Provider | None = getattr(visit, name)
        individual = practitioner(pen, who)
        if individual is not None:
            found.append({"type": [concept(system, code)], "individual": individual})
    return found


def _location(pen: Pen, visit: Visit) -> list[Element]:
    types = [concept(PLACE_OF_SERVICE, visit.place_of_service), concept(SETTING, visit.setting)]
    members: Element = {
        "type": [one for one in types if one],
        "address": filled({"state": visit.state, "postalCode": visit.zip}),
    }
    return [{"location": pen.add("Location", members)}] if any(members.values()) else []


def _service(pen: Pen, service: Service, encounter: Element, who: Element, day: str) -> None:
    """A Procedure for what was done and, where anything of billing is known, a ChargeItem for its line."""
    minutes = {
        "minutes": service.minutes,
        "assistant_minutes": service.assistant_minutes or None,
    }
    members: Element = {
        "extension": [
            *(
                {"url": ours(name), "valueDuration": duration(value)}
                for name, value in minutes.items()
                if value is not None
            ),
            *extensions(interval=pairs(service.intervals), mode=service.mode),
        ],
        "status": "completed",
        "code": concept(system_of(service.code), service.code, service.label),
        "subject": who,
        "encounter": encounter,
        "performedDateTime": day,
    }
    procedure = pen.add("Procedure", members, once=False)
    if service.units is None and not service.modifiers and service.charge is None and not service.diagnosis_pointers:
        return
    billed: Element = {
        "extension": [
            *(
                {"url": ours("modifier"), "valueCoding": {"system": system_of(one), "code": one}}
                for one in service.modifiers
            ),
            *extensions(diagnosis_pointer=service.diagnosis_pointers),
        ],
        "status": _status(service.units),
        "code": concept(system_of(service.code), service.code),
        "subject": who,
        "context": encounter,
        "occurrenceDateTime": day,
        "quantity": {"value": service.units} if service.units is not None else None,
        "priceOverride": money(service.charge) if service.charge is not None else None,
        "service": [procedure],
    }
    pen.add("ChargeItem", billed, once=False)


def _status(units: int | None) -> str:
    if units is None:
        return "planned"
    return "billable" if units else "not-billable"


def _note(pen: Pen, note: Note, encounter: Element, subject: Element | None) -> None:
    data = base64.b64encode(note.text.encode()).decode() if note.text else None
    members: Element = {
        "extension": extensions(signed_on=note.signed_on),
        "status": "current",
        "type": concept("", None, note.type),
        "subject": subject,
        "authenticator": {"display": note.signed_by} if note.signed_by else None,
        "content": [{"attachment": filled({"contentType": "text/plain; charset=utf-8", "data": data})}],
        "context": {"encounter": [encounter]},
    }
    pen.add("DocumentReference", members, once=False)
