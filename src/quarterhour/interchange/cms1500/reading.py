"""The boxes of a CMS-1500 as a claim again, as far as the form carries one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

import msgspec

from quarterhour.domain.claim import Attachment, Claim, Line
from quarterhour.domain.coverage import Coverage, OtherCoverage
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Patient, PersonName, Provider
from quarterhour.interchange.cms1500.boxes import CAUSES, CONTINUED, KINDS, NONE, ON_FILE, RELATIONSHIPS, TAXONOMY
from quarterhour.interchange.cms1500.layout import DIAGNOSES, FIELDS, FORM
from quarterhour.interchange.paper import CannotPrint, Form, address_from, checked, day_from, dotted, money_from

_REPORT: Final = re.compile(r"PWK(..)(..)(\S*)")
_FILINGS: Final = {kind: filing for filing, kind in reversed(KINDS.items())}
_RELATIONS: Final = {word: code for code, word in RELATIONSHIPS.items()}
Boxes = Mapping[str, str]


def claim_of(form: Form) -> Claim:
    """The claim of a filled form. What the form has no box for is not in it.

    Raises:
        CannotPrint: for another form, a box this form does not have, or a text that its box cannot hold.

    """
    if form.form != FORM:
        raise CannotPrint("1", f"expected the form {FORM}")
    if not form.pages:
        raise CannotPrint("1", "the form has no page")
    for page in form.pages:
        checked(page, FIELDS)
    box = form.pages[-1].boxes
    try:
        return _claim(box, [row for page in form.pages for row in page.lines])
    except (ValueError, KeyError) as error:
        if isinstance(error, CannotPrint):
            raise
        raise CannotPrint("24", "a date, an amount, a number or a pointer is malformed, or a box is empty") from None


def _claim(box: Boxes, rows: list[dict[str, str]]) -> Claim:
    diagnoses = tuple(dotted(box[f"21{letter}"]) for letter in DIAGNOSES if f"21{letter}" in box)
    note, attachments = _additional(box.get("19", ""))
    others = _others(box)
    medicare_second = box.get("1") == "medicare" and bool(others)
    coverage = _coverage(box, first=not medicare_second)
    values: dict[str, Any] = {
        "patient_control_number": box.get("26", ""),
        "claim_type": "professional",
        "payer": "",
        "frequency": box.get("22", "1"),
        "original_reference": box.get("22.reference"),
        "place_of_service": _common(row.get("24B") for row in rows),
        "diagnoses": diagnoses,
        "patient": _patient(box, coverage),
        "coverage": coverage,
        "others": others,
        "billing_provider": _party(box, "33", tax_id=_tax(box)),
        "rendering_provider": _common(_rendering(row) for row in rows),
        "service_facility": _party(box, "32"),
        "attachments": attachments,
        "onset": day_from(box.get("14")),
        "related_causes": tuple(cause for name, cause in CAUSES if box.get(name) == "yes"),
        "accident_state": box.get("10b.state"),
        "note": note,
        "prior_authorization": box.get("23"),
        "patient_paid": Cents(money_from(box["29"])) if "29" in box else None,
        "provider_signature": "Y" if box.get("31") == ON_FILE else "N",
        "assignment": {"yes": "A", "no": "C"}.get(box.get("27", ""), ""),
        "benefits_assigned": "Y" if box.get("13") == ON_FILE else "N",
        "release": "Y" if box.get("12") == ON_FILE else "I",
    }
    values |= _other_date(box) | _seventeen(box)
    place, rendering = values["place_of_service"], values["rendering_provider"]
    lines = tuple(_line(row, place, rendering) for row in rows)
    total = box.get("28", CONTINUED)
    stated = None if total == CONTINUED else Cents(money_from(total))
    claim = Claim(lines=lines, **values)
    return claim if stated == claim.charge else msgspec.structs.replace(claim, stated_charge=stated)


def _line(row: Boxes, place: str | None, rendering: Provider | None) -> Line:
    first, last = day_from(row.get("24A.from")), day_from(row.get("24A.to"))
    own_place, own_rendering = row.get("24B"), _rendering(row)
    return Line(
        code=row["24D"],
        units=int(row.get("24G", "0")),
        modifiers=tuple(row.get("24D.modifiers", "").split()),
        charge=Cents(money_from(row["24F"])) if "24F" in row else None,
        date_of_service=first,
        date_to=last if last != first else None,
        diagnosis_pointers=tuple(DIAGNOSES.index(letter) + 1 for letter in row.get("24E", "")),
        place_of_service=own_place if own_place != place else None,
        rendering_provider=own_rendering if own_rendering != rendering else None,
    )


def _rendering(row: Boxes) -> Provider | None:
    npi, taxonomy = row.get("24J"), row.get("24J.shaded") if row.get("24I.shaded") == TAXONOMY else None
    return Provider(npi=npi, taxonomy=taxonomy) if npi or taxonomy else None


def _common(values: Iterable[Any]) -> Any:
    """What most lines say, the first of those where as many say something else."""
    given = [value for value in values if value is not None]
    return max(given, key=given.count) if given else None


def _patient(box: Boxes, coverage: Coverage) -> Patient:
    return Patient(
        name=_name(box.get("2")), birth_date=day_from(box.get("3")), sex=_sex(box.get("3.sex")),
        address=_address(box, "5"), member_id=coverage.member_id if coverage.relationship == "18" else None,
    )  # fmt: skip


def _insured(box: Boxes) -> Patient:
    return Patient(
        name=_name(box.get("4")), birth_date=day_from(box.get("11a")), sex=_sex(box.get("11a.sex")),
        address=_address(box, "7"),
    )  # fmt: skip


def _sex(word: str | None) -> Literal["F", "M"] | None:
    return "F" if word == "F" else "M" if word == "M" else None


def _address(box: Boxes, item: str) -> dict[str, str] | None:
    parts = (("street", item), ("city", f"{item}.city"), ("state", f"{item}.state"), ("zip", f"{item}.zip"))
    found = {key: box[name] for key, name in (*parts, ("phone", f"{item}.phone")) if name in box}
    return found or None


def _name(text: str | None) -> PersonName | None:
    if text is None:
        return None
    family, _, given = text.partition(",")
    return PersonName(family=family.strip(), given=given.strip())


def _coverage(box: Boxes, *, first: bool) -> Coverage:
    """The coverage of the payer the form goes to; Medicare's own insured is the patient."""
    kind = box.get("1", "other")
    medicare = kind == "medicare"
    relationship = "18" if medicare else _RELATIONS.get(box.get("6", "self"), "G8")
    carrier = {
        "street": box.get("carrier.street"),
        "street2": box.get("carrier.street2"),
        **(address_from("", box.get("carrier.place", "")) or {}),
    }
    address = {key: value for key, value in carrier.items() if value}
    group_name = box.get("11c")
    return Coverage(
        payer_name=box.get("carrier.name", ""), payer_id="", member_id=box.get("1a", ""), relationship=relationship,
        order="P" if first else "S", filing=_FILINGS.get(kind, "CI"),
        group=None if medicare else box.get("11"),
        group_name=None if medicare or group_name == box.get("carrier.name") else group_name,
        subscriber=None if relationship == "18" else _insured(box), payer_address=address or None,
    )  # fmt: skip


def _others(box: Boxes) -> tuple[OtherCoverage, ...]:
    """The other payer: Medicare's form has the first payer's insured in 4, 7 and 11, others' form has it in 9."""
    if box.get("1") == "medicare":
        if box.get("11", NONE) == NONE:
            return ()
        relationship = _RELATIONS.get(box.get("6", "self"), "G8")
        subscriber = None if relationship == "18" else _insured(box)
        own = Coverage(
            payer_name=box.get("11c", ""), payer_id="", member_id="", group=box["11"], relationship=relationship,
            subscriber=subscriber,
        )  # fmt: skip
        return (OtherCoverage(coverage=own),)
    if box.get("11d") != "yes":
        return ()
    name = box.get("9")
    himself = name == box.get("2")
    subscriber = None if himself or name is None else Patient(name=_name(name))
    own = Coverage(
        payer_name=box.get("9d", ""), payer_id="", member_id="", group=box.get("9a"), order="S",
        relationship="18" if himself else "G8", subscriber=subscriber,
    )  # fmt: skip
    return (OtherCoverage(coverage=own),)


def _other_date(box: Boxes) -> dict[str, dt.date | None]:
    names = {"439": "accident", "454": "initial_treatment", "304": "last_seen"}
    name = names.get(box.get("15.qualifier", ""))
    return {name: day_from(box.get("15"))} if name else {}


def _seventeen(box: Boxes) -> dict[str, Provider]:
    names = {"DN": "referring_provider", "DK": "ordering_provider", "DQ": "supervising_provider"}
    name = names.get(box.get("17.qualifier", ""))
    return {name: Provider(npi=box.get("17b"), name=box.get("17"), taxonomy=box.get("17a"))} if name else {}


def _party(box: Boxes, item: str, tax_id: str | None = None) -> Provider | None:
    other = box.get(f"{item}b", "")
    address = address_from(box.get(f"{item}.street", ""), box.get(f"{item}.place", "")) or {}
    address |= {"phone": box["33.phone"]} if item == "33" and "33.phone" in box else {}
    found = Provider(
        npi=box.get(f"{item}a"), name=box.get(f"{item}.name"), address=address or None, tax_id=tax_id,
        taxonomy=other.removeprefix(TAXONOMY) if other.startswith(TAXONOMY) else None,
    )  # fmt: skip
    return found if found != Provider() else None


def _tax(box: Boxes) -> str | None:
    number = box.get("25")
    if number is None:
        return None
    if box.get("25.kind") == "ssn":
        return f"{number[:3]}-{number[3:5]}-{number[5:]}"
    return f"{number[:2]}-{number[2:]}"


def _additional(text: str) -> tuple[str | None, tuple[Attachment, ...]]:
    """The note of item 19 and the reports named after it."""
    reports = tuple(
        Attachment(report=report, how=how, control_number=number or None)
        for report, how, number in _REPORT.findall(text)
    )
    return _REPORT.sub("", text).strip() or None, reports
