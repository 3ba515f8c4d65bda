"""Tables of claims as the domain's records: claims for people and other formats, visits for the rules.

Whole files of millions of claims stay tables; this is for the number of claims a person looks at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from quarterhour.domain.claim import Claim, ClaimType, Line
from quarterhour.domain.code import modifier_text
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Patient, PersonName, PlanOfCare, Provider, Service, Visit
from quarterhour.interchange.x12.columns import Table

_SEXES: Final = frozenset({"F", "M", "U"})
_PERSON: Final = "1"
_PLACE_LENGTH, _STATE_LENGTH = 2, 2
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """Claims with the visits they bill, and where each stood.

    ``segments`` are the segment numbers of the claims, ``line_segments`` those of the lines of each; ``left_out`` are
    the segments of service lines that have no five-place procedure code, whole units or claim, and so are in no record.
    """

    claims: list[Claim]
    visits: list[list[Visit]]
    segments: list[int]
    line_segments: list[list[int]]
    left_out: list[int]


def records_of(tables: Mapping[str, Table]) -> Taken:
    """The claims of one kind of transaction, as :class:`Claim` and as :class:`Visit` a day each."""
    rows: dict[str, list[Row]] = {
        name: tables[name].records() for name in ("claims", "lines", "diagnoses", "providers")
    }
    people, patients = tables["subscribers"].records(), tables["patients"].records()
    lines: dict[int, list[Row]] = {}
    left_out = []
    for line in rows["lines"]:
        if line["claim"] == ABSENT or line["code"] == ABSENT or line["units"] == ABSENT:
            left_out.append(line["segment"])
        else:
            lines.setdefault(line["claim"], []).append(line)
    diagnoses: dict[int, list[str]] = {}
    for diagnosis in rows["diagnoses"]:
        diagnoses.setdefault(diagnosis["claim"], []).append(diagnosis["code"])
    of_claim: dict[tuple[int, str], Row] = {}
    for provider in rows["providers"]:
        if provider["claim"] != ABSENT and provider["line"] == ABSENT:
            of_claim.setdefault((provider["claim"], provider["role"]), provider)
    taken = Taken([], [], [], [], left_out)
    for number, row in enumerate(rows["claims"]):
        own = lines.get(number, [])
        member = people[row["subscriber"]] if row["subscriber"] != ABSENT else None
        person = patients[row["patient"]] if row["patient"] != ABSENT else member
        claim = _claim(number, row, own, tuple(diagnoses.get(number, ())), rows["providers"], of_claim, member)
        taken.claims.append(claim)
        taken.visits.append(_visits(claim, row, _patient(person, member), of_claim.get((number, "DQ"))))
        taken.segments.append(row["segment"])
        taken.line_segments.append([line["segment"] for line in own])
    return taken


def _claim(
    number: int, row: Row, lines: list[Row], diagnoses: tuple[str, ...], providers: list[Row],
    of_claim: Mapping[tuple[int, str], Row], member: Row | None,
) -> Claim:  # fmt: skip
    kind: ClaimType = "institutional" if row["type"] == 2 else "professional"
    rendering = of_claim.get((number, "82")) or of_claim.get((number, "71"))
    referring = of_claim.get((number, "DN"))
    place = row["place"]
    return Claim(
        patient_control_number=row["patient_control_number"],
        claim_type=kind,
        payer=member["payer_id"] if member else "",
        lines=tuple(_line(line) for line in lines),
        frequency=row["frequency"] or "1",
        original_reference=row["original_reference"] or None,
        place_of_service=place if kind == "professional" and len(place) == _PLACE_LENGTH else None,
        diagnoses=diagnoses,
        billing_provider=_provider(providers[row["billing"]]) if row["billing"] != ABSENT else None,
        rendering_provider=_provider(rendering) if rendering else None,
        referring_provider=_provider(referring) if referring else None,
        prior_authorization=row["prior_authorization"] or None,
    )


def _line(line: Row) -> Line:
    return Line(
        code=line["procedure"],
        units=line["units"],
        modifiers=tuple(modifier_text(line[name]) for name in _four("modifier") if line[name] != ABSENT),
        charge=Cents(line["charge"]),
        date_of_service=_day(line["date_of_service"]),
        revenue_code=line["revenue_code"] or None,
        diagnosis_pointers=tuple(line[name] for name in _four("pointer") if line[name] != ABSENT),
        control_number=line["control_number"] or None,
    )


def _four(name: str) -> tuple[str, ...]:
    return tuple(f"{name}{place}" for place in range(1, 5))


def _day(ordinal: int) -> dt.date | None:
    return None if ordinal == ABSENT else dt.date.fromordinal(ordinal)


def _provider(row: Row) -> Provider:
    given, family = row["first_name"], row["name"]
    return Provider(
        npi=row["identifier"] if row["identifier_qualifier"] == "XX" else None,
        name=f"{family}, {given}" if given and row["entity"] == _PERSON else family or None,
        taxonomy=row["taxonomy"] or None,
        tax_id=row["tax_id"] or None,
        address=_address(row),
    )


def _address(row: Row) -> dict[str, str] | None:
    found = {name: row[name] for name in ("street", "city", "state", "zip") if row[name]}
    return found or None


def _patient(person: Row | None, member: Row | None) -> Patient | None:
    if person is None:
        return None
    sex = person["sex"]
    return Patient(
        name=PersonName(family=person["name"], given=person["first_name"]),
        birth_date=_day(person["birth_date"]),
        sex=sex if sex in _SEXES else None,
        member_id=(member["identifier"] or None) if member else None,
        address=_address(person),
    )


def _visits(claim: Claim, row: Row, patient: Patient | None, supervisor: Row | None) -> list[Visit]:
    """A visit for each day of service; lines without one stand in none."""
    days: dict[dt.date, list[Line]] = {}
    for line in claim.lines:
        if line.date_of_service is not None:
            days.setdefault(line.date_of_service, []).append(line)
    address = (claim.billing_provider.address if claim.billing_provider else None) or {}
    state = address.get("state", "")
    return [
        Visit(
            date_of_service=day,
            visit_id=f"{claim.patient_control_number}/{day.isoformat()}",
            place_of_service=claim.place_of_service,
            state=state if len(state) == _STATE_LENGTH else None,
            zip=address.get("zip"),
            patient=patient,
            therapist=claim.rendering_provider,
            supervisor=_provider(supervisor) if supervisor else None,
            referring_provider=claim.referring_provider,
            billing_provider=claim.billing_provider,
            plan_of_care=PlanOfCare(diagnoses=claim.diagnoses) if claim.diagnoses else None,
            services=tuple(
                Service(
                    code=line.code, units=line.units, modifiers=line.modifiers, charge=line.charge,
                    diagnosis_pointers=line.diagnosis_pointers,
                )
                for line in own
            ),
            prior_authorization=claim.prior_authorization,
        )
        for day, own in sorted(days.items())
    ]  # fmt: skip
