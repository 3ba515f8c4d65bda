"""Tables of claims as the domain's records: claims for people, for rules over claims and for other formats.

Whole files of millions of claims stay tables; this makes the claims of one part of a file at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.claim import Attachment, Claim, ClaimType, Institutional, Line
from quarterhour.domain.code import modifier_text
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Provider
from quarterhour.interchange.x12.columns import Table
from quarterhour.interchange.x12.record_parts import (
    Row,
    by_claim,
    coverage_of,
    day,
    moment,
    other_coverages,
    patient_of,
    provider_of,
    value_code,
)

_PROCEDURE: Final = "HC"
_DIAGNOSES: Final = ("ABK", "BK", "ABF", "BF")
_INSTITUTIONAL: Final = 2
_PLACE_LENGTH: Final = 2
_IDENTIFIER: Final = "NM109"
#: Roles of providers of a claim: where the record has them, and their loops in 837P and 837I.
_ROLES: Final = {
    "82": ("/rendering_provider", "2310B", "2310D"),
    "DN": ("/referring_provider", "2310A", "2310F"),
    "DQ": ("/supervising_provider", "2310D", "2310D"),
    "77": ("/service_facility", "2310C", "2310E"),
    "71": ("/institutional/attending", "2310A", "2310A"),
}
#: Segment, loop and element.
Place = tuple[int, str, str]
_NO_PROCEDURE: Final = "no HCPCS code of five places"
_NO_UNITS: Final = "no whole number of units"
_TABLES: Final = (
    "lines", "diagnoses", "codes", "attachments", "notes", "providers", "subscribers", "adjustments", "line_payments",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TakenClaim:
    """A claim, and where it stood: the segment number of its CLM, and those of its lines, as ``claim.lines`` has them.

    ``left_out`` are segment and reason of service lines no record can hold; they are not in ``claim.lines``. ``parts``
    has for pointers into the record (``/billing_provider``, ``/diagnoses/0``) the segment, loop and element.
    """

    claim: Claim
    segment: int
    line_segments: tuple[int, ...]
    left_out: tuple[tuple[int, str], ...]
    parts: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class ClaimHead:
    """What can be told of a claim without making a record of it: the segment of its CLM, its number and total charge,
    how many lines it has, and the identifier of the insured.
    """

    segment: int
    patient_control_number: str
    charge: Cents
    lines: int
    member: str


def heads_of(tables: Mapping[str, Table]) -> list[ClaimHead]:
    """The heads of the claims of one kind of transaction."""
    claims = tables["claims"]
    members = tables["subscribers"].texts("identifier")
    columns = (
        claims.integers("segment").tolist(), claims.texts("patient_control_number"), claims.integers("charge").tolist(),
        claims.integers("lines").tolist(), claims.integers("subscriber").tolist(),
    )  # fmt: skip
    return [
        ClaimHead(segment, number, Cents(charge), lines, "" if member == ABSENT else members[member])
        for segment, number, charge, lines, member in list(zip(*columns, strict=True))[claims.carried :]
    ]


def records_of(tables: Mapping[str, Table], segments: Collection[int] | None = None) -> list[TakenClaim]:
    """The claims of one kind of transaction; of ``segments`` only those whose CLM is one of them."""
    claims = tables["claims"]
    chosen = np.arange(claims.carried, claims.rows)
    if segments is not None:
        chosen = chosen[np.isin(claims.integers("segment")[chosen], np.array(sorted(segments), dtype=np.int64))]
    held = np.zeros(claims.rows + 1, dtype=np.bool_)
    held[chosen] = True
    of_claim = {name: by_claim(_rows(tables[name], held[tables[name].integers("claim")])) for name in _TABLES}
    rows = claims.take(chosen).records()
    others = _Others(tables, rows, of_claim["lines"])
    return [
        _claim(row, {name: found.get(number, []) for name, found in of_claim.items()}, others)
        for number, row in zip(chosen.tolist(), rows, strict=True)
    ]


class _Others:
    """The rows that claims and lines point to, by table and number."""

    __slots__ = ("patients", "providers", "subscribers")

    def __init__(self, tables: Mapping[str, Table], claims: Sequence[Row], lines: Mapping[int, Sequence[Row]]) -> None:
        """Of the claims and lines given."""
        rendering = [line["rendering"] for own in lines.values() for line in own]
        self.providers = _numbered(tables["providers"], [*(row["billing"] for row in claims), *rendering])
        self.subscribers = _numbered(tables["subscribers"], [row["subscriber"] for row in claims])
        self.patients = _numbered(tables["patients"], [row["patient"] for row in claims])


def _numbered(table: Table, numbers: Sequence[int]) -> dict[int, Row]:
    """Some rows of a table by their number; ``ABSENT`` is none."""
    wanted = np.unique(np.array([number for number in numbers if number != ABSENT], dtype=np.int64))
    return dict(zip(wanted.tolist(), table.take(wanted).records(), strict=True))


def _rows(table: Table, held: NDArray[np.bool_]) -> list[Row]:
    """The rows of a table that are held, each with its number."""
    numbers = np.flatnonzero(held)
    return [row | {"row": number} for number, row in zip(numbers.tolist(), table.take(numbers).records(), strict=True)]


def _claim(row: Row, own: Mapping[str, list[Row]], others: _Others) -> TakenClaim:
    kind: ClaimType = "institutional" if row["type"] == _INSTITUTIONAL else "professional"
    kept = [line for line in own["lines"] if _why_not(line) is None]
    numbers = {line["row"]: place for place, line in enumerate(kept, start=1)}
    member, dependent = others.subscribers.get(row["subscriber"]), others.patients.get(row["patient"])
    billing = others.providers.get(row["billing"])
    place = row["place"]
    of_claim, of_lines = _roles(own["providers"])
    claim = Claim(
        patient_control_number=row["patient_control_number"],
        claim_type=kind,
        payer="",
        lines=tuple(_line(line, place, others.providers) for line in kept),
        frequency=row["frequency"] or "1",
        original_reference=row["original_reference"] or None,
        place_of_service=place if kind == "professional" and len(place) == _PLACE_LENGTH else None,
        diagnoses=tuple(diagnosis["code"] for diagnosis in own["diagnoses"]),
        patient=patient_of(dependent or member, member),
        coverage=coverage_of(member, dependent) if member else None,
        others=other_coverages(own, numbers),
        billing_provider=provider_of(billing) if billing else None,
        rendering_provider=of_claim.get("82"),
        referring_provider=of_claim.get("DN"),
        ordering_provider=_shared(of_lines.get("DK", {}), len(own["lines"])),
        supervising_provider=of_claim.get("DQ"),
        service_facility=of_claim.get("77"),
        institutional=_institutional(row, own["codes"], of_claim) if kind == "institutional" else None,
        attachments=tuple(
            Attachment(report=each["report"], how=each["how"], control_number=each["control_number"] or None)
            for each in own["attachments"]
            if each["line"] == ABSENT
        ),
        onset=day(row["onset"]),
        initial_treatment=day(row["initial_treatment"]),
        last_seen=day(row["last_seen"]),
        accident=day(row["accident"]),
        related_causes=tuple(cause for cause in (row["related_cause"], row["related_cause2"]) if cause),
        accident_state=row["accident_state"] or None,
        note=next((note["text"] for note in own["notes"] if note["line"] == ABSENT), None),
        referral=row["referral"] or None,
        prior_authorization=row["prior_authorization"] or None,
        medical_record=row["medical_record"] or None,
        patient_paid=Cents(row["patient_paid"]) if row["patient_paid?"] else None,
        stated_charge=Cents(row["charge"]),
        provider_signature=row["provider_signature"] or ("Y" if kind == "institutional" else ""),
        assignment=row["assignment"],
        benefits_assigned=row["benefits_assigned"],
        release=row["release"],
    )
    left_out = tuple((line["segment"], why) for line in own["lines"] if (why := _why_not(line)))
    parts = _parts(billing, own, numbers, institutional=kind == "institutional")
    return TakenClaim(claim, row["segment"], tuple(line["segment"] for line in kept), left_out, parts)


def _parts(
    billing: Row | None, own: Mapping[str, list[Row]], numbers: Mapping[int, int], *, institutional: bool
) -> dict[str, Place]:
    """Where the parts of a claim stand that have a segment of their own."""
    parts: dict[str, Place] = {}
    if billing is not None:
        parts["/billing_provider"] = (billing["segment"], "2010AA", _IDENTIFIER)
    for provider in own["providers"]:
        role, segment = provider["role"], provider["segment"]
        if provider["line"] == ABSENT and role in _ROLES:
            parts.setdefault(_ROLES[role][0], (segment, _ROLES[role][1 + institutional], _IDENTIFIER))
        elif role == "DK":
            parts.setdefault("/ordering_provider", (segment, "2420E", _IDENTIFIER))
        elif role == "82" and provider["line"] in numbers:
            at = f"/lines/{numbers[provider['line']] - 1}/rendering_provider"
            parts.setdefault(at, (segment, "2420C" if institutional else "2420A", _IDENTIFIER))
    for number, diagnosis in enumerate(own["diagnoses"]):
        parts[f"/diagnoses/{number}"] = (diagnosis["segment"], "2300", f"HI{diagnosis['element']:02d}-2")
    return parts


def _why_not(line: Row) -> str | None:
    """Why no record can hold a service line, None where one can."""
    if line["code"] == ABSENT or line["procedure_qualifier"] != _PROCEDURE:
        return _NO_PROCEDURE
    return _NO_UNITS if line["units"] == ABSENT else None


def _line(line: Row, place: str, providers: Mapping[int, Row]) -> Line:
    own_place = line["place"]
    last = day(line["date_to"])
    return Line(
        code=line["procedure"],
        units=line["units"],
        modifiers=tuple(modifier_text(line[name]) for name in _four("modifier") if line[name] != ABSENT),
        charge=Cents(line["charge"]),
        date_of_service=day(line["date_of_service"]),
        date_to=last if line["date_to"] != line["date_of_service"] else None,
        revenue_code=line["revenue_code"] or None,
        diagnosis_pointers=tuple(line[name] for name in _four("pointer") if line[name] != ABSENT),
        control_number=line["control_number"] or None,
        place_of_service=own_place if len(own_place) == _PLACE_LENGTH and own_place != place else None,
        rendering_provider=provider_of(rendering) if (rendering := providers.get(line["rendering"])) else None,
        prior_authorization=line["prior_authorization"] or None,
    )


def _four(name: str) -> tuple[str, ...]:
    return tuple(f"{name}{place}" for place in range(1, 5))


def _roles(rows: Sequence[Row]) -> tuple[dict[str, Provider], dict[str, dict[int, Provider]]]:
    """The providers of a claim by role, the first of each, and those of its lines by role and line."""
    of_claim: dict[str, Provider] = {}
    of_lines: dict[str, dict[int, Provider]] = {}
    for row in rows:
        if row["line"] == ABSENT:
            of_claim.setdefault(row["role"], provider_of(row))
        else:
            of_lines.setdefault(row["role"], {}).setdefault(row["line"], provider_of(row))
    return of_claim, of_lines


def _shared(of_lines: Mapping[int, Provider], lines: int) -> Provider | None:
    """The provider all lines name; None where some line names none or another."""
    different = list(of_lines.values())
    same = len(different) == lines and all(one == different[0] for one in different)
    return different[0] if different and same else None


def _institutional(row: Row, codes: Sequence[Row], roles: Mapping[str, Provider]) -> Institutional | None:
    """What only an institutional claim has; None where it has no statement dates."""
    first, last = day(row["statement_from"]), day(row["statement_to"])
    if first is None or last is None:
        return None
    return Institutional(
        facility=row["place"],
        statement_from=first,
        statement_to=last,
        patient_status=row["patient_status"],
        admission_type=row["admission_type"] or None,
        admission_source=row["admission_source"] or None,
        admitted=moment(row["admitted"]),
        attending=roles.get("71"),
        codes=tuple(value_code(code) for code in codes if code["qualifier"] not in _DIAGNOSES),
    )
