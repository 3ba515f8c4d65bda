"""Tables of claims: 837 professional, institutional and dental, 005010 and the versions before.

``claims``, ``lines``, ``diagnoses``, ``codes`` (all of HI), ``providers``, ``subscribers`` (of the payer asked and of
the others), ``patients`` (who are not the subscriber), ``adjustments`` (what other payers said), and the parts of
``claim_parts``.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.claim_parts import other_payer_columns, part_tables
from quarterhour.interchange.x12.columns import Column, Table
from quarterhour.interchange.x12.frame import (
    Frame,
    any_of,
    carried_rows,
    expand,
    owned,
    put,
    put_short,
    put_spans,
    totals,
)
from quarterhour.interchange.x12.segments import NUMBER, Span, last_before
from quarterhour.interchange.x12.values import IntArray, words

_PROFESSIONAL, _INSTITUTIONAL, _DENTAL = 1, 2, 3
CLAIM_TYPES: Final = {"837P": _PROFESSIONAL, "837I": _INSTITUTIONAL, "837D": _DENTAL}
#: Elements of the service segments: procedure, charge, basis, quantity, place, pointers, revenue code. 99: has none.
_SERVICE: Final = {"SV1": (1, 2, 3, 4, 5, 7, 99), "SV2": (2, 3, 4, 5, 99, 99, 1), "SV3": (1, 2, 99, 6, 3, 11, 99)}
_PROVIDERS: Final = (
    "85",
    "87",
    "82",
    "77",
    "DN",
    "P3",
    "DQ",
    "DK",
    "71",
    "72",
    "ZZ",
    "PW",
    "45",
    "QB",
    "PE",
    "FA",
    "98",
)
_DIAGNOSES: Final = ("ABK", "BK", "ABF", "BF")
_CLAIM_DATES: Final = {
    "onset": "431", "initial_treatment": "454", "last_seen": "304", "accident": "439", "admission": "435",
    "assumed": "090",
}  # fmt: skip
_CLAIM_REFERENCES: Final = {
    "prior_authorization": "G1", "referral": "9F", "original_reference": "F8", "clearinghouse_trace": "D9",
    "medical_record": "EA",
}  # fmt: skip
_HI_ELEMENTS = 12


def claim_tables(frame: Frame, kind: str, transaction: IntArray) -> dict[str, Table]:
    """All tables of a block of claims. ``transaction`` is the segment number of its ST, for every row."""
    claims = frame.rows("CLM")
    of_claim = owned(frame.parts, "CLM")
    services = frame.parts.rows(*_SERVICE)
    providers, provider_rows = _providers(frame, of_claim, services)
    subscribers, subscriber_rows = _subscribers(frame, of_claim)
    patients, patient_rows = _patients(frame)
    lines = _lines(frame, of_claim, services, provider_rows)
    codes, diagnoses = _codes(frame, of_claim)
    return {
        "claims": _claims(
            frame, kind, claims, of_claim, lines, transaction, (provider_rows, subscriber_rows, patient_rows)
        ),
        "lines": lines,
        "diagnoses": diagnoses,
        "codes": codes,
        "providers": providers,
        "subscribers": subscribers,
        "patients": patients,
        "adjustments": adjustments(frame, of_claim, services, subscriber_rows),
        **part_tables(frame, of_claim, services),
    }


def _claims(
    frame: Frame, kind: str, claims: IntArray, of_claim: IntArray, lines: Table, transaction: IntArray,
    owners: tuple[IntArray, IntArray, IntArray],
) -> Table:  # fmt: skip
    parts, size = frame.parts, claims.size
    place, place_kind, frequency = parts.components(parts.element(claims, 5), 3)
    provider_rows, subscriber_rows, patient_rows = owners
    billing = provider_rows[_with_first(frame, provider_rows, "85")]
    billing = billing[frame.loops.inside(billing, "2010AA")]
    above = subscriber_rows[~frame.loops.inside(subscriber_rows, "2320")]
    levels, codes = frame.rows("HL"), parts.words(frame.rows("HL"), 3)
    provider_levels, member_levels = (
        levels[any_of(codes, ("20",))],
        levels[any_of(codes, ("20", "22"))],
    )
    rendering = provider_rows[frame.loops.inside(provider_rows, "2310B" if kind != "837I" else "2310D")]
    columns: dict[str, Column] = {
        "segment": parts.number[claims],
        "offset": parts.offset[claims],
        "transaction": transaction[claims],
        "type": np.full(size, CLAIM_TYPES[kind]),
        "patient_control_number": parts.text(claims, 1),
        "charge": frame.cents(claims, 2),
        "place": frame.short(place),
        "place_qualifier": frame.short(place_kind),
        "frequency": frame.short(frequency),
        "provider_signature": parts.short(claims, 6),
        "assignment": parts.short(claims, 7),
        "benefits_assigned": parts.short(claims, 8),
        "release": parts.short(claims, 9),
        "delay_reason": parts.short(claims, 20),
        "billing": _place_of(provider_rows, billing, last_before(billing, claims, provider_levels)),
        "rendering": _place_of(provider_rows, rendering, _first_owned(of_claim[rendering], size)),
        "subscriber": _place_of(subscriber_rows, above, last_before(above, claims, provider_levels)),
        "patient": last_before(patient_rows, claims, member_levels),
    }
    for name, code in _CLAIM_DATES.items():
        columns[name] = put(size, *_dated(frame, code, of_claim, "2300")[:2])
    at = frame.qualified("DTP", "434")
    first, last = frame.period(at, 3)
    columns["statement_from"], columns["statement_to"] = (put(size, of_claim[at], day) for day in (first, last))
    for name, code in _CLAIM_REFERENCES.items():
        at = frame.qualified("REF", code)
        at = at[frame.loops.inside(at, "2300")]
        columns[name] = frame.text(put_spans(size, of_claim[at], parts.element(at, 2)))
    paid = frame.qualified("AMT", "F5")
    columns["patient_paid"] = put(size, of_claim[paid], frame.cents(paid, 2), 0)
    columns["patient_paid?"] = put(size, of_claim[paid], np.ones(paid.size, dtype=np.int64), 0)
    columns["admitted"] = frame.text(_admission(frame, of_claim, size))
    admission = frame.rows("CL1")
    for name, element in (("admission_type", 1), ("admission_source", 2), ("patient_status", 3)):
        columns[name] = put_short(size, of_claim[admission], parts.short(admission, element))
    accident = parts.components(parts.element(claims, 11), 4)
    columns["related_cause"], columns["accident_state"] = frame.short(accident[0]), frame.short(accident[3])
    columns["related_cause2"] = frame.short(accident[1])
    columns["lines"], columns["line_charge"] = totals(lines, "charge", size)
    return Table(columns, size, carried_rows(parts, claims))


def _admission(frame: Frame, of_claim: IntArray, size: int) -> Span:
    """Day and hour of admission as they are written; a day alone stands in the column of days."""
    rows = frame.qualified("DTP", "435")
    return put_spans(size, of_claim[rows], frame.parts.element(rows, 3))


def _with_first(frame: Frame, rows: IntArray, *codes: str) -> IntArray:
    return np.flatnonzero(any_of(frame.parts.words(rows, 1), codes))


def _place_of(table_rows: IntArray, chosen: IntArray, places: IntArray) -> IntArray:
    """Places among chosen rows as places in the table that holds them."""
    if not chosen.size:
        return np.full(places.size, ABSENT, dtype=np.int64)
    return np.where(places >= 0, np.searchsorted(table_rows, chosen[np.maximum(places, 0)]), ABSENT)


def _first_owned(owners: IntArray, size: int) -> IntArray:
    """For each owner the place of its first row."""
    return put(size, owners, np.arange(owners.size))


def _dated(frame: Frame, code: str, of: IntArray, *loops: str) -> tuple[IntArray, IntArray, IntArray]:
    """Owners, first and last days of the dates of one qualifier in some loops."""
    rows = frame.qualified("DTP", code)
    rows = rows[frame.loops.inside(rows, *loops)]
    first, last = frame.period(rows, 3)
    return of[rows], first, last


def _lines(frame: Frame, of_claim: IntArray, services: IntArray, provider_rows: IntArray) -> Table:
    parts, size = frame.parts, services.size
    places = _service_places(frame, services)
    numbers = frame.rows("LX")
    rendering = provider_rows[frame.loops.inside(provider_rows, "2420A", "2420C")]
    rendering = rendering[_with_first(frame, rendering, "82")]
    quantity = frame.decimals(parts.element(services, places[3]), 3)
    columns: dict[str, Column] = {
        "segment": parts.number[services],
        "offset": parts.offset[services],
        "claim": of_claim[services],
        "number": put(size, frame.by_major(numbers, services), frame.wholes(parts.element(numbers, 1))),
        "charge": frame.cents(services, places[1]),
        "unit_basis": parts.short(services, places[2]),
        "quantity": quantity,
        "units": np.where(quantity % 1000 == 0, quantity // 1000, ABSENT),
        "place": parts.short(services, places[4]),
        "revenue_code": parts.short(services, places[6]),
        **frame.procedure(parts.element(services, places[0])),
    }
    pointers = parts.components(parts.element(services, places[5]), 4)
    for place, span in enumerate(pointers, start=1):
        columns[f"pointer{place}"] = frame.wholes(span)
    of_line = np.full(frame.loops.major_rows.size + 1, ABSENT, dtype=np.int64)
    of_line[frame.loops.major[services]] = np.arange(size)
    at = frame.qualified("DTP", "472")
    at = at[frame.loops.inside(at, "2400")]
    owners = of_line[frame.loops.major[at]]
    first, last = frame.period(at, 3)
    columns["date_of_service"], columns["date_to"] = put(size, owners, first), put(size, owners, last)
    for name, code in (("control_number", "6R"), ("prior_authorization", "G1")):
        at = frame.qualified("REF", code)
        at = at[frame.loops.inside(at, "2400")]
        columns[name] = frame.text(put_spans(size, of_line[frame.loops.major[at]], parts.element(at, 2)))
    owned = of_line[frame.loops.major[rendering]]
    columns["rendering"] = _place_of(provider_rows, rendering, _first_owned(owned, size))
    return Table(columns, size, carried_rows(parts, services))


def _service_places(frame: Frame, services: IntArray) -> tuple[int | IntArray, ...]:
    """The elements of each service segment; one number where all are of one kind."""
    ident = frame.parts.ident[services]
    kinds = [name for name in _SERVICE if bool((ident == NUMBER[name]).any())]
    if len(kinds) <= 1:
        return _SERVICE[kinds[0]] if kinds else _SERVICE["SV1"]
    columns = np.zeros((len(_SERVICE["SV1"]), services.size), dtype=np.int64)
    for name in kinds:
        columns[:, ident == NUMBER[name]] = np.array(_SERVICE[name])[:, None]
    return tuple(columns)


def _codes(frame: Frame, of_claim: IntArray) -> tuple[Table, Table]:
    """All codes of HI segments, and the diagnoses that lines point to, numbered from 1 within their claim."""
    parts, rows = frame.parts, frame.rows("HI")
    rows = rows[of_claim[rows] != ABSENT]
    owners, place = expand(np.clip(parts.last[rows] - parts.first[rows], 0, _HI_ELEMENTS))
    place += 1
    span = parts.element(rows[owners], place)
    frame.spans["codes"] = parts.components(span, 9)
    qualifier, code, form, value, amount, *_, present = frame.spans["codes"]
    there = qualifier[1] > qualifier[0]
    mark = words(parts.view, *qualifier)
    claim = of_claim[rows][owners]
    columns: dict[str, Column] = {
        "segment": parts.number[rows][owners][there],
        "element": place[there],
        "claim": claim[there],
        "qualifier": mark.view("S8")[there],
        "code": frame.text((code[0][there], code[1][there])),
        "date_format": frame.short(form)[there],
        "value": frame.text((value[0][there], value[1][there])),
        "amount": frame.decimals((amount[0][there], amount[1][there]), 2),
        "present_on_admission": frame.short(present)[there],
    }
    pointed = np.flatnonzero(there & any_of(mark, _DIAGNOSES))
    own = claim[pointed]
    begins = np.searchsorted(own, own)
    frame.spans["diagnosis"] = [(code[0][pointed], code[1][pointed])]
    diagnoses: dict[str, Column] = {
        "segment": parts.number[rows][owners][pointed],
        "element": place[pointed],
        "claim": own,
        "position": np.arange(pointed.size) - begins + 1,
        "qualifier": mark.view("S8")[pointed],
        "code": frame.short((code[0][pointed], code[1][pointed])),
        "present_on_admission": frame.short(present)[pointed],
    }
    return Table(columns, int(there.sum())), Table(diagnoses, pointed.size)


def _providers(frame: Frame, of_claim: IntArray, services: IntArray) -> tuple[Table, IntArray]:
    parts = frame.parts
    rows = frame.qualified("NM1", *_PROVIDERS)
    size = rows.size
    columns: dict[str, Column] = {
        "segment": parts.number[rows],
        "loop": frame.loops.loop[rows].astype(np.int64),
        "role": parts.short(rows, 1),
        "entity": parts.short(rows, 2),
        "name": parts.text(rows, 3),
        "first_name": parts.text(rows, 4),
        "middle_name": parts.text(rows, 5),
        "identifier_qualifier": parts.short(rows, 8),
        "identifier": parts.text(rows, 9),
        "claim": of_claim[rows],
        "line": frame.by_major(rows, services),
        **address(frame, rows),
    }
    taxonomy = frame.rows("PRV")
    # PRV of the billing provider stands before its NM1, in 2000A.
    billing = taxonomy[frame.loops.inside(taxonomy, "2000A")]
    owners = frame.by_occurrence(taxonomy, rows)
    span = put_spans(size, owners, parts.element(taxonomy, 3))
    if billing.size:
        own = rows[frame.loops.inside(rows, "2010AA")]
        owner = frame.by_major(billing, own)
        place = np.where(owner >= 0, np.searchsorted(rows, own[np.maximum(owner, 0)]), ABSENT) if own.size else owner
        above = put_spans(size, place, parts.element(billing, 3))
        given = span[1] > span[0]
        span = np.where(given, span[0], above[0]), np.where(given, span[1], above[1])
    columns["taxonomy"] = frame.text(span)
    for name, codes in (("tax_id", ("EI", "SY", "TJ")), ("secondary_id", ("G2", "1C", "0B", "1G", "LU"))):
        at = frame.qualified("REF", *codes)
        columns[name] = frame.text(put_spans(size, frame.by_occurrence(at, rows), parts.element(at, 2)))
    return Table(columns, size, carried_rows(parts, rows)), rows


def address(frame: Frame, rows: IntArray) -> dict[str, Column]:
    """The N3 and N4 of some NM1 or N1 segments."""
    size, streets, cities = rows.size, frame.rows("N3"), frame.rows("N4")
    street, city = frame.by_occurrence(streets, rows), frame.by_occurrence(cities, rows)
    return {
        "street": frame.text(put_spans(size, street, frame.element("N3", 1))),
        "street2": frame.text(put_spans(size, street, frame.element("N3", 2))),
        "city": frame.text(put_spans(size, city, frame.element("N4", 1))),
        "state": put_short(size, city, frame.short(frame.element("N4", 2))),
        "zip": frame.text(put_spans(size, city, frame.element("N4", 3))),
    }


def _subscribers(frame: Frame, of_claim: IntArray) -> tuple[Table, IntArray]:
    parts = frame.parts
    rows = frame.rows("SBR")
    size = rows.size
    members = frame.qualified("NM1", "IL")
    payers = frame.qualified("NM1", "PR")
    member = frame.by_major(members, rows)
    payer = frame.by_major(payers, rows)
    columns: dict[str, Column] = {
        "segment": parts.number[rows],
        "other": frame.loops.inside(rows, "2320").astype(np.int64),
        "claim": of_claim[rows],
        "order": parts.short(rows, 1),
        "relationship": parts.short(rows, 2),
        "group": parts.text(rows, 3),
        "group_name": parts.text(rows, 4),
        "insurance_type": parts.short(rows, 5),
        "filing": parts.short(rows, 9),
        **_person(frame, members, member, size),
        "payer_name": frame.text(put_spans(size, payer, parts.element(payers, 3))),
        "payer_id_qualifier": put_short(size, payer, parts.short(payers, 8)),
        "payer_id": frame.text(put_spans(size, payer, parts.element(payers, 9))),
        **other_payer_columns(frame, rows, payers, payer),
    }
    paid = frame.qualified("AMT", "D")
    owners = frame.by_major(paid, rows)
    columns["paid"] = put(size, owners, frame.cents(paid, 2), 0)
    columns["paid?"] = put(size, owners, np.ones(paid.size, dtype=np.int64), 0)
    return Table(columns, size, carried_rows(parts, rows)), rows


def _patients(frame: Frame) -> tuple[Table, IntArray]:
    parts = frame.parts
    levels = frame.rows("HL")
    rows = levels[any_of(parts.words(levels, 3), ("23",))]
    size = rows.size
    people, kin = frame.qualified("NM1", "QC"), frame.rows("PAT")
    columns: dict[str, Column] = {
        "segment": parts.number[rows],
        "relationship": put_short(size, frame.by_major(kin, rows), parts.short(kin, 1)),
        **_person(frame, people, frame.by_major(people, rows), size),
    }
    return Table(columns, size, carried_rows(parts, rows)), rows


def _person(frame: Frame, people: IntArray, owners: IntArray, size: int) -> dict[str, Column]:
    """Names, identifier, demographics and address of members or patients beside their owners."""
    parts = frame.parts
    born = frame.rows("DMG")
    place = frame.by_occurrence(born, people)
    owner = np.where(place >= 0, owners[np.maximum(place, 0)], ABSENT) if people.size else place
    day, _ = frame.period(born, 2)
    columns: dict[str, Column] = {
        name: frame.text(put_spans(size, owners, parts.element(people, element)))
        for name, element in (("name", 3), ("first_name", 4), ("middle_name", 5), ("identifier", 9))
    }
    columns["entity"] = put_short(size, owners, parts.short(people, 2))
    columns["birth_date"] = put(size, owner, day)
    columns["sex"] = put_short(size, owner, parts.short(born, 3))
    for name, fields in (("N3", {"street": 1, "street2": 2}), ("N4", {"city": 1, "state": 2, "zip": 3})):
        place = frame.by_occurrence(frame.rows(name), people)
        owner = np.where(place >= 0, owners[np.maximum(place, 0)], ABSENT) if people.size else place
        for field, element in fields.items():
            columns[field] = frame.text(put_spans(size, owner, frame.element(name, element)))
    return columns


def adjustments(frame: Frame, of_claim: IntArray, services: IntArray, subscriber_rows: IntArray | None) -> Table:
    """One row for each adjustment of CAS segments, with the claim, line or other payer it belongs to."""
    parts, rows = frame.parts, frame.rows("CAS")
    owners, place = expand(np.maximum((parts.last[rows] - parts.first[rows] + 1) // 3, 0))
    element = 2 + 3 * place
    every = rows[owners]
    columns: dict[str, Column] = {
        "segment": parts.number[every],
        "element": element,
        "claim": of_claim[every],
        "line": frame.by_major(every, services)
        if subscriber_rows is not None
        else frame.by_occurrence(every, services),
        "group": parts.short(every, 1),
        "reason": parts.short(every, element),
        "amount": frame.cents(every, element + 1),
        "quantity": frame.decimals(parts.element(every, element + 2), 3),
    }
    if subscriber_rows is not None:
        columns["subscriber"] = frame.by_major(every, subscriber_rows)
        columns["line_payment"] = frame.by_occurrence(every, frame.rows("SVD"))
    return Table(columns, every.size, carried_rows(parts, every))
