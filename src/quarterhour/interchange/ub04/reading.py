"""The form locators of a UB-04 as a claim again, as far as the form carries one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, Literal

import msgspec

from quarterhour.domain.claim import Claim, Institutional, Line
from quarterhour.domain.coverage import Coverage, OtherCoverage
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Patient, PersonName, Provider
from quarterhour.interchange.paper import CannotPrint, Form, address_from, checked, day_from, dotted, money_from
from quarterhour.interchange.ub04.layout import DIAGNOSES, FIELDS, FORM, PAYERS
from quarterhour.interchange.ub04.locators import CODES, ORDER

_CODE: Final = 5  # places of a procedure code
_ROLES: Final = {"82": "rendering_provider", "DN": "referring_provider"}
Boxes = Mapping[str, str]


def claim_of(form: Form) -> Claim:
    """The claim of a filled form. What the form has no locator for is not in it.

    The payer the form goes to is the one named in form locator 38.

    Raises:
        CannotPrint: for another form, a locator this form does not have, or a text that cannot stand in it.

    """
    if form.form != FORM:
        raise CannotPrint("4", f"expected the form {FORM}")
    if not form.pages:
        raise CannotPrint("4", "the form has no page")
    for page in form.pages:
        checked(page, FIELDS)
    box = form.pages[-1].boxes
    try:
        return _claim(box, tuple(_line(row) for page in form.pages for row in page.lines))
    except (ValueError, KeyError) as error:
        if isinstance(error, CannotPrint):
            raise
        raise CannotPrint("42", "a date, an amount or a number is malformed, or a locator is empty") from None


def _claim(box: Boxes, lines: tuple[Line, ...]) -> Claim:
    bill = box["4"].removeprefix("0")
    payers = [letter for letter in PAYERS if f"50{letter}" in box]
    if not payers:
        raise CannotPrint("50A", "no payer")
    own = next((letter for letter in payers if box[f"50{letter}"] == box.get("38.name")), payers[0])
    coverage = _coverage(box, own)
    stated = Cents(money_from(box["47.sum"])) if "47.sum" in box else None
    providers = {
        _ROLES[box[f"{fl}.role"]]: _provider(box, fl) for fl in ("78", "79") if box.get(f"{fl}.role") in _ROLES
    }
    claim = Claim(
        patient_control_number=box.get("3a", ""), claim_type="institutional", payer="", lines=lines,
        frequency=bill[2:3] or "1", original_reference=box.get(f"64{own}"),
        diagnoses=tuple(dotted(box[name]) for name in ("67", *(f"67{one}" for one in DIAGNOSES)) if name in box),
        patient=_patient(box, coverage), coverage=coverage,
        others=tuple(_other(box, letter) for letter in payers if letter != own),
        billing_provider=Provider(
            npi=box.get("56"), name=box.get("1.name"), tax_id=box.get("5"), taxonomy=box.get("81a.code"),
            address=(address_from(box.get("1.street", ""), box.get("1.place", "")) or {})
            | ({"phone": box["1.phone"]} if "1.phone" in box else {}),
        ),
        rendering_provider=providers.get("rendering_provider"), referring_provider=providers.get("referring_provider"),
        institutional=_stay(box, bill[:2]), accident_state=box.get("29"),
        note=" ".join(box[f"80.{row}"] for row in range(1, 5) if f"80.{row}" in box) or None,
        prior_authorization=box.get(f"63{own}"), medical_record=box.get("3b"),
        release=box.get(f"52{own}", ""), benefits_assigned=box.get(f"53{own}", ""),
    )  # fmt: skip
    return claim if stated in {None, claim.charge} else msgspec.structs.replace(claim, stated_charge=stated)


def _stay(box: Boxes, facility: str) -> Institutional:
    first, last, admitted = day_from(box.get("6.from")), day_from(box.get("6.to")), day_from(box.get("12"))
    if first is None or last is None:
        raise CannotPrint("6", "the statement has no dates")
    hour = dt.time(int(box.get("13", "0")))
    return Institutional(
        facility=facility, statement_from=first, statement_to=last, patient_status=box.get("17", ""),
        admission_type=box.get("14"), admission_source=box.get("15"),
        admitted=dt.datetime.combine(admitted, hour) if admitted else None,
        attending=_provider(box, "76"), codes=tuple(_codes(box)),
    )  # fmt: skip


def _codes(box: Boxes) -> Iterator[tuple[str, str]]:
    for qualifier, names in CODES.items():
        for name in names:
            if name in box:
                yield qualifier, box[name] + _beside(box, qualifier, name)


def _beside(box: Boxes, qualifier: str, name: str) -> str:
    """What follows the code in the composite of its kind."""
    if qualifier == "BH":
        return f":D8:{day_from(box.get(f'{name}.on')):%Y%m%d}"
    if qualifier == "BI":
        return f":RD8:{day_from(box.get(f'{name}.from')):%Y%m%d}-{day_from(box.get(f'{name}.to')):%Y%m%d}"
    if qualifier == "BE":
        return f":::{str(Cents(money_from(box[f'{name}.amount']))).removesuffix('.00')}"
    return ""


def _coverage(box: Boxes, letter: str) -> Coverage:
    relationship = box.get(f"59{letter}", "18")
    order = ORDER[PAYERS.index(letter)]
    street = {key: box[f"38.{key}"] for key in ("street", "street2") if f"38.{key}" in box}
    carrier = street | (address_from("", box.get("38.place", "")) or {})
    own = box.get(f"50{letter}") == box.get("38.name")
    return Coverage(
        payer_name=box.get(f"50{letter}", ""), payer_id=box.get(f"51{letter}", ""),
        member_id=box.get(f"60{letter}", ""), relationship=relationship, order=order,
        group=box.get(f"62{letter}"), group_name=box.get(f"61{letter}"),
        subscriber=None if relationship == "18" else Patient(name=_name(box.get(f"58{letter}", ""))),
        payer_address=(carrier or None) if own else None,
    )  # fmt: skip


def _other(box: Boxes, letter: str) -> OtherCoverage:
    paid = box.get(f"54{letter}")
    return OtherCoverage(
        coverage=_coverage(box, letter), paid=Cents(money_from(paid)) if paid else None,
        claim_number=box.get(f"64{letter}"), release=box.get(f"52{letter}", ""),
        benefits_assigned=box.get(f"53{letter}", ""),
    )  # fmt: skip


def _patient(box: Boxes, coverage: Coverage) -> Patient:
    parts = (("street", "9a"), ("city", "9b"), ("state", "9c"), ("zip", "9d"))
    address = {key: box[name] for key, name in parts if name in box}
    sexes: dict[str, Literal["F", "M", "U"]] = {"F": "F", "M": "M", "U": "U"}
    return Patient(
        id=box.get("8a"), name=_name(box.get("8b", "")), birth_date=day_from(box.get("10")),
        sex=sexes.get(box.get("11", "")), address=address or None,
        member_id=coverage.member_id if coverage.relationship == "18" else None,
    )  # fmt: skip


def _name(text: str) -> PersonName:
    family, _, given = text.partition(",")
    return PersonName(family=family.strip(), given=given.strip())


def _provider(box: Boxes, fl: str) -> Provider | None:
    family, given = box.get(f"{fl}.family"), box.get(f"{fl}.given")
    name = ", ".join(part for part in (family, given) if part)
    npi = box.get(f"{fl}.npi")
    return Provider(npi=npi, name=name or None) if name or npi else None


def _line(row: Boxes) -> Line:
    text = row["44"]
    marks = text[_CODE:]
    return Line(
        code=text[:_CODE], modifiers=tuple(marks[at : at + 2] for at in range(0, len(marks), 2)),
        units=int(row["46"]), charge=Cents(money_from(row["47"])) if "47" in row else None,
        date_of_service=day_from(row.get("45")), revenue_code=row.get("42"),
    )  # fmt: skip
