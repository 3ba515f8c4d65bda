"""Tables of remittances as the domain's records: of each claim what was asked, what was paid, and why not more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from quarterhour.domain.claim import Claim, Line
from quarterhour.domain.code import modifier_text
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.coverage import Coverage, LinePaid
from quarterhour.domain.money import Cents
from quarterhour.domain.settlement import Settled
from quarterhour.domain.visit import Patient, PersonName, Provider
from quarterhour.interchange.x12.columns import Table
from quarterhour.interchange.x12.record_parts import Row, adjustment, by_claim, day

_NPI, _TAX = "XX", "FI"
_NPI_LENGTH: Final = 10
_PROCEDURE, _REVENUE = "HC", "NU"
_PLACE_LENGTH: Final = 2
_THOUSANDTHS: Final = 1000
_MOST_UNITS: Final = 999
#: Whose claim it was, by the claim status code: of the first payer, the second, the third.
_ORDERS: Final = {"1": "P", "2": "S", "3": "T", "19": "P", "20": "S", "21": "T"}
#: The relationship of patient and insured, which a remittance does not tell.
_SELF, _UNKNOWN = "18", "21"
_NO_PROCEDURE: Final = "no HCPCS code of five places"
_NO_UNITS: Final = "no whole number of units up to 999"
_NO_CREATED: Final = "claims of a remittance without a date"
_SUBMITTED: Final = "procedure as submitted, which is not the one that was judged"
_CORRECTED: Final = "patient or insured as the payer corrected them"


@dataclass(frozen=True, slots=True)
class TakenSettlement:
    """What was said of a claim, the segment number of its CLP, and why parts of it stand in no record."""

    settled: Settled
    segment: int
    left_out: tuple[str, ...]


def settlements_of(tables: Mapping[str, Table]) -> tuple[list[TakenSettlement], dict[str, int]]:
    """The claims of remittances, and how many of them no record can hold, by reason.

    The day of payment is BPR16; where it is missing, the production date (DTM*405) stands for it.
    """
    claims = tables["claims"]
    own = {name: by_claim(_numbered(tables[name])) for name in ("lines", "adjustments", "remarks")}
    payments = tables["payments"].records()
    taken: list[TakenSettlement] = []
    without = 0
    rows = claims.take(np.arange(claims.carried, claims.rows)).records()
    for number, row in enumerate(rows, start=claims.carried):
        payment = payments[row["payment"]] if row["payment"] != ABSENT else {}
        paid_on = day(payment.get("date", ABSENT))
        created = day(payment.get("production_date", ABSENT)) or paid_on
        if created is None:
            without += 1
        else:
            parts = {name: found.get(number, []) for name, found in own.items()}
            taken.append(_settled(row, payment, parts, created, paid_on))
    return taken, {_NO_CREATED: without} if without else {}


def _numbered(table: Table) -> list[Row]:
    return [row | {"row": number} for number, row in enumerate(table.records())]


def _settled(
    row: Row, payment: Row, own: Mapping[str, Sequence[Row]], created: dt.date, paid_on: dt.date | None
) -> TakenSettlement:
    kept = [line for line in own["lines"] if _why_not(line) is None]
    places = {line["row"]: place for place, line in enumerate(kept, start=1)}
    by_line: dict[int, list[Row]] = {}
    for each in own["adjustments"]:
        by_line.setdefault(each["line"], []).append(each)
    settled = Settled(
        claim=_claim(row, payment, own["lines"], kept),
        created=created,
        paid=Cents(row["paid"]),
        paid_on=paid_on,
        status=row["status"] or None,
        lines=tuple(
            LinePaid(
                line=places[line["row"]],
                paid=Cents(line["paid"]),
                paid_on=paid_on or created,
                units=line["quantity"] // _THOUSANDTHS,
                adjustments=tuple(map(adjustment, by_line.get(line["row"], ()))),
            )
            for line in kept
        ),
        allowed={places[line["row"]]: Cents(line["allowed"]) for line in kept if line["allowed?"]},
        adjustments=tuple(map(adjustment, by_line.get(ABSENT, ()))),
        remarks=tuple(
            (places.get(each["line"], 0), each["code"])
            for each in own["remarks"]
            if each["line"] == ABSENT or each["line"] in places
        ),
        claim_number=row["payer_control_number"] or None,
    )
    return TakenSettlement(settled, row["segment"], tuple(_left_out(row, own["lines"])))


def _left_out(row: Row, lines: Sequence[Row]) -> Iterator[str]:
    for line in lines:
        why = _why_not(line)
        if why is not None:
            yield f"service line: {why}"
        elif line["submitted_procedure"] not in {"", line["procedure"]}:
            yield _SUBMITTED
    if any(row[f"corrected_{name}"] for name in ("name", "first_name", "id")):
        yield _CORRECTED


def _why_not(line: Row) -> str | None:
    """Why no record can hold a service line, None where one can."""
    if line["code"] == ABSENT or line["procedure_qualifier"] != _PROCEDURE:
        return _NO_PROCEDURE
    units, rest = divmod(line["submitted_quantity"], _THOUSANDTHS)
    return _NO_UNITS if rest or not 0 <= units <= _MOST_UNITS else None


def _claim(row: Row, payment: Row, lines: Sequence[Row], kept: Sequence[Row]) -> Claim:
    """What was asked, as far as the payer says it again."""
    institutional = any(line["revenue_code"] or line["procedure_qualifier"] == _REVENUE for line in lines)
    place, member = row["place"], row["insured_id"] or row["patient_id"]
    patient = Patient(
        id=member or None,
        name=PersonName(family=row["patient_name"], given=row["patient_first_name"]),
        member_id=row["patient_id"] or None,
    )
    insured = Patient(name=PersonName(family=row["insured_name"], given=row["insured_first_name"]))
    other = bool(row["insured_name"])
    return Claim(
        patient_control_number=row["patient_control_number"],
        claim_type="institutional" if institutional else "professional",
        payer="",
        lines=tuple(map(_line, kept)),
        frequency=row["frequency"] or "1",
        place_of_service=place if not institutional and len(place) == _PLACE_LENGTH else None,
        patient=patient,
        coverage=Coverage(
            payer_name=payment["payer_name"],
            payer_id=payment["payer_id"] or payment["payer_trace_id"],
            member_id=member,
            relationship=_UNKNOWN if other else _SELF,
            order=_ORDERS.get(row["status"], "P"),
            filing=row["filing"],
            group=row["group"] or None,
            subscriber=insured if other else None,
        ),
        billing_provider=_provider(payment["payee_id"], payment["payee_id_qualifier"], payment["payee_name"], ""),
        rendering_provider=_rendering(row),
        medical_record=row["medical_record"] or None,
        prior_authorization=row["prior_authorization"] or None,
        stated_charge=Cents(row["charge"]),
    )


def _line(line: Row) -> Line:
    first, last = day(line["date_of_service"]), day(line["date_to"])
    return Line(
        code=line["procedure"],
        units=line["submitted_quantity"] // _THOUSANDTHS,
        modifiers=tuple(
            modifier_text(line[f"modifier{place}"]) for place in range(1, 5) if line[f"modifier{place}"] != ABSENT
        ),
        charge=Cents(line["charge"]),
        date_of_service=first,
        date_to=last if last != first else None,
        revenue_code=line["revenue_code"] or None,
        control_number=line["control_number"] or None,
    )


def _rendering(row: Row) -> Provider | None:
    number = row["rendering_id"]
    if not number and not row["rendering_name"]:
        return None
    national = _NPI if len(number) == _NPI_LENGTH and number.isdecimal() else ""
    return _provider(number, national, row["rendering_name"], row["rendering_first_name"])


def _provider(number: str, qualifier: str, name: str, given: str) -> Provider:
    return Provider(
        npi=number if qualifier == _NPI else None,
        tax_id=number if qualifier == _TAX else None,
        name=f"{name}, {given}" if given else name or None,
    )
