"""A claim as a Claim resource."""

from __future__ import annotations

import datetime as dt
from typing import Final

from quarterhour.domain.claim import Claim, Line
from quarterhour.domain.people import Provider
from quarterhour.interchange.fhir.systems import (
    CARE_TEAM,
    CARIN_CARE_TEAM,
    CLAIM_TYPE,
    ICD_10_CM,
    INFORMATION,
    PLACE_OF_SERVICE,
    PRIORITY,
    RELATED_CLAIM,
    REVENUE,
    ROLE,
    ours,
    system_of,
)
from quarterhour.interchange.fhir.writing.extensions import details, extensions, members_of, money, pairs
from quarterhour.interchange.fhir.writing.insurance import coverage, said
from quarterhour.interchange.fhir.writing.parties import organization, patient, place, practitioner
from quarterhour.interchange.fhir.writing.pen import UNKNOWN, Element, Pen, concept, filled, identifier

CONTROL_NUMBER: Final = ours("patient-control-number")
#: What each provider of a claim is called in its care team.
_ROLES: Final = {
    "rendering_provider": (CARE_TEAM, "primary"),
    "supervising_provider": (CARE_TEAM, "supervisor"),
    "referring_provider": (CARIN_CARE_TEAM, "referring"),
    "ordering_provider": (ROLE, "ordering"),
}
_ATTENDING: Final = (CARIN_CARE_TEAM, "attending")
#: What Claim has no element for.
_DETAILS: Final = (
    "frequency", "initial_treatment", "last_seen", "related_causes", "note", "referral", "medical_record",
    "patient_paid", "provider_signature", "assignment", "benefits_assigned", "release",
)  # fmt: skip
_INSTITUTIONAL: Final = (
    "facility", "patient_status", "admission_type", "admission_source", "admitted",
)  # fmt: skip


def claim(pen: Pen, one: Claim, created: dt.date) -> Element:
    """Write a claim and what it refers to; gives a reference to it. ``created`` is the day it is written."""
    members: Element = claimed(pen, one, created) | {
        "priority": concept(PRIORITY, "normal"),
        "item": [line(each, one, number) for number, each in enumerate(one.lines, 1)],
        "total": money(one.stated_charge) if one.stated_charge is not None else None,
    }
    return pen.add("Claim", members, once=False)


def claimed(pen: Pen, one: Claim, created: dt.date) -> Element:
    """What a Claim and an ExplanationOfBenefit have in common: everything but lines and amounts."""
    subject = patient(pen, one.patient)
    who = subject or UNKNOWN
    institutional = one.institutional
    statement = (institutional.statement_from, institutional.statement_to) if institutional else _days(one)
    return {
        "extension": [
            *details("claim", one, *_DETAILS, *_common_place(one)),
            *extensions(attachment=one.attachments),
            *(members_of("institutional", _institutional(one)) if institutional else []),
        ],
        "identifier": identifier(CONTROL_NUMBER, one.patient_control_number),
        "status": "active",
        "type": concept(CLAIM_TYPE, one.claim_type),
        "use": "claim",
        "patient": who,
        "billablePeriod": {"start": statement[0].isoformat(), "end": statement[1].isoformat()} if statement else None,
        "created": created.isoformat(),
        "provider": organization(pen, one.billing_provider) or UNKNOWN,
        "facility": place(pen, one.service_facility),
        "related": _related(one),
        "careTeam": _team(pen, one),
        "supportingInfo": _onset(one),
        "diagnosis": [
            {"sequence": number, "diagnosisCodeableConcept": concept(ICD_10_CM, code)}
            for number, code in enumerate(one.diagnoses, 1)
        ],
        "insurance": _insurance(pen, one, who),
        "accident": _accident(one),
    }


def line(one: Line, of: Claim, number: int) -> Element:
    """A line as an item of a claim."""
    begun = one.date_of_service.isoformat() if one.date_of_service else None
    place_of_service = one.place_of_service or of.place_of_service
    return filled(
        {
            "extension": extensions(control_number=one.control_number, prior_authorization=one.prior_authorization),
            "sequence": number,
            "careTeamSequence": [_sequence(of, number)] if one.rendering_provider else [],
            "diagnosisSequence": list(one.diagnosis_pointers),
            "revenue": concept(REVENUE, one.revenue_code),
            "productOrService": concept(system_of(one.code), one.code),
            "modifier": [concept(system_of(modifier), modifier) for modifier in one.modifiers],
            "servicedDate": begun if one.date_to is None else None,
            "servicedPeriod": filled({"start": begun, "end": one.date_to.isoformat()}) if one.date_to else None,
            "locationCodeableConcept": concept(PLACE_OF_SERVICE, place_of_service),
            "quantity": {"value": one.units},
            "net": money(one.charge) if one.charge is not None else None,
        }
    )


def _common_place(one: Claim) -> tuple[str, ...]:
    """The claim's own place of service, where the places of its lines would not tell which of them that is."""
    return ("place_of_service",) if not one.lines or any(each.place_of_service for each in one.lines) else ()


def _days(one: Claim) -> tuple[dt.date, dt.date] | None:
    days = [day for each in one.lines for day in (each.date_of_service, each.date_to) if day]
    return (min(days), max(days)) if days else None


def _institutional(one: Claim) -> dict[str, object]:
    held = one.institutional
    values = {name: getattr(held, name) for name in _INSTITUTIONAL}
    codes = held.codes if held else ()
    return {name: value for name, value in values.items() if value is not None} | {"codes": pairs(codes)}


def _related(one: Claim) -> list[Element]:
    if not one.original_reference:
        return []
    return [{"relationship": concept(RELATED_CLAIM, "prior"), "reference": {"value": one.original_reference}}]


def _team(pen: Pen, one: Claim) -> list[Element]:
    """The providers of the claim, then those of single lines: one for each line that names its own."""
    named: list[tuple[Provider | None, tuple[str, str]]] = [(getattr(one, name), role) for name, role in _ROLES.items()]
    named.append((one.institutional.attending if one.institutional else None, _ATTENDING))
    team = [(who, role) for who, role in named if who is not None]
    team += [(each.rendering_provider, _ROLES["rendering_provider"]) for each in one.lines if each.rendering_provider]
    return [
        {"sequence": number, "provider": practitioner(pen, who) or UNKNOWN, "role": concept(*role)}
        for number, (who, role) in enumerate(team, 1)
    ]


def _sequence(one: Claim, number: int) -> int:
    """The place in the care team of who rendered the line of that number."""
    attending = one.institutional is not None and one.institutional.attending is not None
    before = sum(getattr(one, name) is not None for name in _ROLES) + attending
    return before + sum(each.rendering_provider is not None for each in one.lines[:number])


def _onset(one: Claim) -> list[Element]:
    if one.onset is None:
        return []
    return [{"sequence": 1, "category": concept(INFORMATION, "onset"), "timingDate": one.onset.isoformat()}]


def _insurance(pen: Pen, one: Claim, who: Element) -> list[Element]:
    """The payer the claim goes to, then the others with what they have said."""
    focal = filled(
        {
            "sequence": 1,
            "focal": True,
            "coverage": coverage(pen, one.coverage, who, one.payer or None) or UNKNOWN,
            "preAuthRef": [one.prior_authorization] if one.prior_authorization else [],
        }
    )
    others = [
        filled(
            {
                "extension": members_of("said", said(other)),
                "sequence": number,
                "focal": False,
                "coverage": coverage(pen, other.coverage, who),
            }
        )
        for number, other in enumerate(one.others, 2)
    ]
    return [focal, *others]


def _accident(one: Claim) -> Element | None:
    if one.accident is None:
        return None
    where = {"state": one.accident_state} if one.accident_state else None
    return filled({"date": one.accident.isoformat(), "locationAddress": where})
