"""People, organisations and addresses as segments."""

from __future__ import annotations

from collections.abc import Mapping

from quarterhour.domain.coverage import Adjustment
from quarterhour.domain.visit import Patient, Provider
from quarterhour.interchange.parties import second_street, split_name, street, zip_code
from quarterhour.interchange.x12.errors import CannotWrite
from quarterhour.interchange.x12.writing.pen import Pen, amount, day, need, segment

_ORGANISATION, _PERSON = "2", "1"
_ADJUSTMENTS = 6  # of one CAS


def address(pen: Pen, where: Mapping[str, str] | None, loop: str, *, required: bool = True) -> None:
    """N3 and N4.

    Raises:
        CannotWrite: if the address is required and not whole.

    """
    if not where:
        if required:
            raise CannotWrite(f"{loop} N3", "an address is required, and there is none")
        return
    line = pen.text(street(where), 55, f"{loop} N301")
    city = pen.text(where.get("city", ""), 30, f"{loop} N401")
    if not (line and city):
        if required:
            need(line, f"{loop} N301")
            need(city, f"{loop} N401")
        return
    second = pen.text(second_street(where), 55, f"{loop} N302")
    state = pen.code(where.get("state", ""), 2, f"{loop} N402")
    code = pen.code(zip_code(where).replace("-", ""), 15, f"{loop} N403")
    pen.segments.append(segment("N3", line, second))
    pen.segments.append(segment("N4", city, state, code))


def provider(pen: Pen, role: str, who: Provider, loop: str, *, person: bool = True, npi_required: bool = True) -> None:
    """NM1 of a provider.

    Raises:
        CannotWrite: if the name, or a required identifier, is missing.

    """
    npi = pen.code(who.npi, 10, f"{loop} NM109")
    if npi_required:
        need(npi, f"{loop} NM109")
    name = who.name or ""
    if person:
        family, given = split_name(name)
        family = need(pen.text(family, 60, f"{loop} NM103"), f"{loop} NM103")
        given = pen.text(given, 35, f"{loop} NM104")
        pen.segments.append(segment("NM1", role, _PERSON, family, given, "", "", "", "XX" if npi else "", npi))
        return
    organisation = need(pen.text(name, 60, f"{loop} NM103"), f"{loop} NM103")
    pen.segments.append(segment("NM1", role, _ORGANISATION, organisation, "", "", "", "", "XX" if npi else "", npi))


def insured(pen: Pen, who: Patient, member_id: str, loop: str, role: str = "IL") -> None:
    """NM1 of a subscriber or patient; a patient who is not the subscriber has no identifier of their own here.

    Raises:
        CannotWrite: if the family name is missing.

    """
    family = need(pen.text(who.name.family if who.name else "", 60, f"{loop} NM103"), f"{loop} NM103")
    given = pen.text(who.name.given if who.name else "", 35, f"{loop} NM104")
    if role == "QC":
        pen.segments.append(segment("NM1", "QC", _PERSON, family, given))
        return
    identifier = need(pen.code(member_id, 80, f"{loop} NM109"), f"{loop} NM109")
    pen.segments.append(segment("NM1", role, _PERSON, family, given, "", "", "", "MI", identifier))


def demographics(pen: Pen, who: Patient, loop: str) -> None:
    """DMG.

    Raises:
        CannotWrite: if the date of birth is missing.

    """
    if who.birth_date is None:
        raise CannotWrite(f"{loop} DMG02", "a date of birth is required, and there is none")
    pen.segments.append(f"DMG*D8*{day(who.birth_date)}*{who.sex or 'U'}")


def payer(pen: Pen, name: str, identifier: str, loop: str) -> None:
    """NM1 of a payer.

    Raises:
        CannotWrite: if the name or identifier is missing.

    """
    named = need(pen.text(name, 60, f"{loop} NM103"), f"{loop} NM103")
    code = need(pen.code(identifier, 80, f"{loop} NM109"), f"{loop} NM109")
    pen.segments.append(f"NM1*PR*2*{named}*****PI*{code}")


def write_adjustments(pen: Pen, adjustments: tuple[Adjustment, ...]) -> None:
    """CAS, one for each group with at most six reasons."""
    for group in dict.fromkeys(each.group for each in adjustments):
        own = [each for each in adjustments if each.group == group]
        for begin in range(0, len(own), _ADJUSTMENTS):
            elements = ["CAS", group]
            for each in own[begin : begin + _ADJUSTMENTS]:
                elements += [each.reason, amount(each.amount), "" if each.quantity is None else str(each.quantity)]
            pen.segments.append(segment(*elements))
