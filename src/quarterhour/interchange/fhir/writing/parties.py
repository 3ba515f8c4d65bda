"""Patients, practitioners, organisations and places as resources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quarterhour.domain.people import Patient, Provider
from quarterhour.interchange.fhir.systems import IDENTIFIER_TYPE, NPI, PATIENT, TAX_ID, TAXONOMY
from quarterhour.interchange.fhir.writing.extensions import extensions, members_of
from quarterhour.interchange.fhir.writing.pen import Element, Pen, concept, filled, identifier

_GENDERS: Final = {"F": "female", "M": "male", "U": "unknown"}
_MEMBER: Final = (IDENTIFIER_TYPE, "MB")
_TAX: Final = (IDENTIFIER_TYPE, "TAX")
#: Members of an address that FHIR has a place for; the lines under either of two names.
_MEMBERS: Final = {"city": "city", "state": "state", "zip": "postalCode", "country": "country"}
_LINES: Final = ("street", "street2")
_LINES_BY_NUMBER: Final = ("line1", "line2")


def patient(pen: Pen, who: Patient | None) -> Element | None:
    """A reference to the patient; none for none."""
    if who is None:
        return None
    name = filled({"family": who.name.family, "given": [who.name.given] if who.name.given else []}) if who.name else {}
    members: Element = {
        "extension": extensions(complete=True if who.id is None else None),
        "identifier": [*identifier(PATIENT, who.id), *identifier("", who.member_id, _MEMBER)],
        "name": [name] if name else [],
        "gender": _GENDERS.get(who.sex or ""),
        "birthDate": who.birth_date.isoformat() if who.birth_date else None,
        "address": address(who.address),
    }
    return pen.add("Patient", members)


def practitioner(pen: Pen, who: Provider | None) -> Element | None:
    """A reference to a person who treats, supervises, orders or certifies; none for none."""
    if who is None:
        return None
    qualifications = [concept(TAXONOMY, who.taxonomy), concept("", None, who.credential)]
    members: Element = {
        "identifier": [*identifier(NPI, who.npi), *identifier(TAX_ID, who.tax_id, _TAX)],
        "name": [{"text": who.name}] if who.name else [],
        "address": address(who.address),
        "qualification": [{"code": one} for one in qualifications if one],
    }
    return pen.add("Practitioner", members)


def organization(pen: Pen, who: Provider | None) -> Element | None:
    """A reference to an organisation that bills or furnishes; none for none."""
    if who is None:
        return None
    members: Element = {
        "extension": extensions(credential=who.credential),
        "identifier": [*identifier(NPI, who.npi), *identifier(TAX_ID, who.tax_id, _TAX)],
        "type": [one for one in [concept(TAXONOMY, who.taxonomy)] if one],
        "name": who.name,
        "address": address(who.address),
    }
    return pen.add("Organization", members)


def address(parts: Mapping[str, str] | None) -> list[Element]:
    """An address in a list; what FHIR has no member for stands in an extension."""
    if not parts:
        return []
    lines = _LINES_BY_NUMBER if any(name in parts for name in _LINES_BY_NUMBER) else _LINES
    # A second line without a first would be taken for the first.
    known: tuple[str, ...] = lines if parts.get(lines[0]) else ()
    taken = {*known, *_MEMBERS}
    further = {name: value for name, value in parts.items() if name not in taken}
    written = filled(
        {
            "extension": [
                *extensions(street_word=known[0] if known == _LINES_BY_NUMBER else None),
                *members_of("further", further),
            ],
            "line": [parts[name] for name in known if parts.get(name)],
        }
        | {member: parts.get(name) for name, member in _MEMBERS.items()}
    )
    return [written] if written else []


def place(pen: Pen, who: Provider | None) -> Element | None:
    """A reference to a place where services are furnished; none for none."""
    if who is None:
        return None
    where = address(who.address)
    members: Element = {
        "extension": extensions(credential=who.credential),
        "identifier": [*identifier(NPI, who.npi), *identifier(TAX_ID, who.tax_id, _TAX)],
        "type": [one for one in [concept(TAXONOMY, who.taxonomy)] if one],
        "name": who.name,
        "address": where[0] if where else None,
    }
    return pen.add("Location", members)
