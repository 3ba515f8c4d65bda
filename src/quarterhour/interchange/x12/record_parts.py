"""People, providers and payers of claims, out of the rows of their tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.columns import ABSENT
from quarterhour.domain.coverage import Adjustment, Coverage, LinePaid, OtherCoverage
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Patient, PersonName, Provider
from quarterhour.interchange.x12.writing.pen import amount

Row = dict[str, Any]
_SEXES: Final = frozenset({"F", "M", "U"})
_PERSON: Final = "1"
_SELF: Final = "18"
_THOUSANDTHS: Final = 1000
_MOMENT_LENGTH: Final = 12


def day(ordinal: int) -> dt.date | None:
    """A date of a column of days."""
    return None if ordinal == ABSENT else dt.date.fromordinal(ordinal)


def moment(text: str) -> dt.datetime | None:
    """A day with its hour and minute (``CCYYMMDDHHMM``); None for a day alone, and for what is neither."""
    if len(text) != _MOMENT_LENGTH or not text.isdigit():
        return None
    try:
        return dt.datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=None)  # noqa: DTZ007  (a wall clock's)
    except ValueError:
        return None


def provider_of(row: Row) -> Provider:
    """A provider; a person's name is written ``Family, Given``."""
    given, family = row["first_name"], row["name"]
    return Provider(
        npi=row["identifier"] if row["identifier_qualifier"] == "XX" else None,
        name=f"{family}, {given}" if given and row["entity"] == _PERSON else family or None,
        taxonomy=row["taxonomy"] or None,
        tax_id=row["tax_id"] or None,
        address=_address(row),
    )


def patient_of(person: Row | None, member: Row | None) -> Patient | None:
    """The person treated, whose ``id`` is the same wherever the member's identifier is.

    A dependent goes by the member's identifier, name and date of birth, for all of a family have one identifier. With
    no identifier there is no ``id``: a name alone does not tell one person from another.
    """
    if person is None:
        return None
    identifier = (member["identifier"] or None) if member else None
    found = _person(person, identifier)
    own = identifier
    if identifier and person is not member:
        born = found.birth_date.isoformat() if found.birth_date else ""
        own = "/".join((identifier, person["name"].upper(), person["first_name"].upper(), born))
    return Patient(
        id=own,
        name=found.name,
        birth_date=found.birth_date,
        sex=found.sex,
        member_id=identifier,
        address=found.address,
    )


def _person(row: Row, identifier: str | None = None) -> Patient:
    sex = row["sex"]
    return Patient(
        name=PersonName(family=row["name"], given=row["first_name"]),
        birth_date=day(row["birth_date"]),
        sex=sex if sex in _SEXES else None,
        member_id=identifier,
        address=_address(row),
    )


def coverage_of(member: Row, dependent: Row | None) -> Coverage:
    """What the payer asked knows of the patient. ``dependent`` is the patient who is not the insured."""
    return Coverage(
        payer_name=member["payer_name"],
        payer_id=member["payer_id"],
        member_id=member["identifier"],
        relationship=(dependent["relationship"] if dependent else member["relationship"]) or _SELF,
        order=member["order"],
        filing=member["filing"],
        group=member["group"] or None,
        group_name=member["group_name"] or None,
        insurance_type=member["insurance_type"] or None,
        subscriber=_person(member) if dependent else None,
        payer_address=_address(member, "payer_"),
    )


def other_coverages(own: Mapping[str, Sequence[Row]], places: Mapping[int, int]) -> tuple[OtherCoverage, ...]:
    """The other payers of a claim. ``places`` has for each row of a line its place on the claim, from 1."""
    return tuple(_other(row, own, places) for row in own["subscribers"] if row["other"])


def _other(row: Row, own: Mapping[str, Sequence[Row]], places: Mapping[int, int]) -> OtherCoverage:
    coverage = coverage_of(row, None)
    adjusted = [each for each in own["adjustments"] if each["subscriber"] == row["row"] and each["line"] == ABSENT]
    paid = [each for each in own["line_payments"] if each["payer_id"] == row["payer_id"] and each["line"] in places]
    return OtherCoverage(
        coverage=coverage
        if coverage.relationship == _SELF
        else msgspec.structs.replace(coverage, subscriber=_person(row)),
        paid=Cents(row["paid"]) if row["paid?"] else None,
        adjustments=tuple(map(adjustment, adjusted)),
        lines=tuple(
            LinePaid(
                line=places[each["line"]],
                paid=Cents(each["paid"]),
                paid_on=when,
                units=each["quantity"] // _THOUSANDTHS if each["quantity"] else None,
                adjustments=tuple(adjustment(one) for one in own["adjustments"] if one["line_payment"] == each["row"]),
            )
            for each in paid
            if (when := day(each["paid_on"])) is not None
        ),
        claim_number=row["claim_number"] or None,
        benefits_assigned=row["benefits_assigned"],
        release=row["release"],
    )


def by_claim(rows: Sequence[Row]) -> dict[int, list[Row]]:
    """Rows of a table by the number of their claim."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["claim"], []).append(row)
    return found


def adjustment(row: Row) -> Adjustment:
    """An adjustment out of its row."""
    return Adjustment(
        group=row["group"],
        reason=row["reason"],
        amount=Cents(row["amount"]),
        quantity=row["quantity"] // _THOUSANDTHS if row["quantity"] else None,
    )


def value_code(row: Row) -> tuple[str, str]:
    """A code of HI as its qualifier and the rest of the composite, as it is written again."""
    if row["date_format"]:
        rest = f"{row['code']}:{row['date_format']}:{row['value']}"
    elif row["amount"]:
        rest = f"{row['code']}:::{amount(row['amount'])}"
    else:
        rest = row["code"]
    return row["qualifier"], rest


def _address(row: Row, prefix: str = "") -> dict[str, str] | None:
    names = ("street", "street2", "city", "state", "zip")
    found = {name: row[prefix + name] for name in names if row.get(prefix + name)}
    return found or None
