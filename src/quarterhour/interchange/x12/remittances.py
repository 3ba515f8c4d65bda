"""Tables of remittances: 835.

``payments`` (one for each transaction), ``claims``, ``lines`` (services), ``adjustments``, ``remarks``, ``references``,
``amounts`` and ``provider_adjustments`` (PLB).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.claims import adjustments
from quarterhour.interchange.x12.columns import Column, Table
from quarterhour.interchange.x12.frame import (
    Frame,
    carried_rows,
    expand,
    owned,
    put,
    put_short,
    put_spans,
    totals,
)
from quarterhour.interchange.x12.segments import last_before
from quarterhour.interchange.x12.values import IntArray, base36

_PEOPLE: Final = {"patient": "QC", "insured": "IL", "corrected": "74", "rendering": "82", "crossover": "TT"}
_DATES: Final = {"statement_from": "232", "statement_to": "233", "received": "050"}
_LINE_DATES: Final = ("472", "150")
_MODIFIER_LENGTH: Final = 2


def remittance_tables(frame: Frame, transaction: IntArray) -> dict[str, Table]:
    """All tables of a block of remittances. ``transaction`` is the segment number of its ST, for every row."""
    parts = frame.parts
    claims, services = frame.rows("CLP"), frame.rows("SVC")
    of_claim = owned(parts, "CLP")
    payments = _payments(frame)
    lines = _lines(frame, of_claim, services)
    own = last_before(_begins(frame), claims)
    references = frame.rows("REF")
    amounts = frame.rows("AMT")
    return {
        "payments": payments,
        "claims": _claims(frame, claims, of_claim, lines, transaction, own),
        "lines": lines,
        "adjustments": adjustments(frame, of_claim, services, None),
        "remarks": _remarks(frame, of_claim, services),
        "references": _beside(frame, references, of_claim, services, {"value": 2}),
        "amounts": _beside(frame, amounts, of_claim, services, {"amount": 2}),
        "provider_adjustments": _provider_adjustments(frame, transaction),
    }


def _begins(frame: Frame) -> IntArray:
    """Where payments begin: at ST, and at BPR where ST is missing."""
    starts, paid = frame.rows("ST"), frame.rows("BPR")
    alone = last_before(starts, paid, frame.parts.rows("SE", "GE", "GS", "ISA")) == ABSENT
    return np.union1d(starts, paid[alone]) if alone.any() else starts


def _payments(frame: Frame) -> Table:
    parts, starts = frame.parts, _begins(frame)
    size = starts.size
    columns: dict[str, Column] = {"segment": parts.number[starts], "control_number": parts.text(starts, 2)}
    paid, traces = frame.rows("BPR"), frame.rows("TRN")
    owner, trace = last_before(starts, paid + 1), last_before(starts, traces)
    columns["amount"] = put(size, owner, frame.cents(paid, 2), 0)
    for name, element in (("handling", 1), ("direction", 3), ("method", 4), ("format", 5)):
        columns[name] = put_short(size, owner, parts.short(paid, element))
    columns["date"] = put(size, owner, frame.period(paid, 16)[0])
    columns["trace_number"] = frame.text(put_spans(size, trace, parts.element(traces, 2)))
    columns["payer_trace_id"] = frame.text(put_spans(size, trace, parts.element(traces, 3)))
    produced = frame.qualified("DTM", "405")
    columns["production_date"] = put(size, last_before(starts, produced), frame.period(produced, 2)[0])
    for name, code in (("payer", "PR"), ("payee", "PE")):
        rows = frame.qualified("N1", code)
        owner = last_before(starts, rows)
        columns[f"{name}_name"] = frame.text(put_spans(size, owner, parts.element(rows, 2)))
        columns[f"{name}_id_qualifier"] = put_short(size, owner, parts.short(rows, 3))
        columns[f"{name}_id"] = frame.text(put_spans(size, owner, parts.element(rows, 4)))
    return Table(columns, size, carried_rows(parts, starts))


def _claims(
    frame: Frame, claims: IntArray, of_claim: IntArray, lines: Table, transaction: IntArray, payment: IntArray
) -> Table:
    parts, size = frame.parts, claims.size
    columns: dict[str, Column] = {
        "segment": parts.number[claims],
        "offset": parts.offset[claims],
        "transaction": transaction[claims],
        "payment": payment,
        "patient_control_number": parts.text(claims, 1),
        "status": parts.short(claims, 2),
        "charge": frame.cents(claims, 3),
        "paid": frame.cents(claims, 4),
        "patient_responsibility": frame.cents(claims, 5),
        "filing": parts.short(claims, 6),
        "payer_control_number": parts.text(claims, 7),
        "place": parts.short(claims, 8),
        "frequency": parts.short(claims, 9),
    }
    for name, code in _PEOPLE.items():
        rows = frame.qualified("NM1", code)
        owner = of_claim[rows]
        for field, element in (("name", 3), ("first_name", 4), ("id", 9)):
            columns[f"{name}_{field}"] = frame.text(put_spans(size, owner, parts.element(rows, element)))
    for name, code in _DATES.items():
        rows = frame.qualified("DTM", code)
        rows = rows[frame.loops.inside(rows, "2100")]
        columns[name] = put(size, of_claim[rows], frame.period(rows, 2)[0])
    for name, code in (("medical_record", "EA"), ("group", "1L"), ("prior_authorization", "G1")):
        rows = frame.qualified("REF", code)
        rows = rows[frame.loops.inside(rows, "2100")]
        columns[name] = frame.text(put_spans(size, of_claim[rows], parts.element(rows, 2)))
    for name, element in (("reimbursement_rate", 1), ("hcpcs_payable", 2)):
        rows = frame.rows("MOA")
        columns[name] = put(size, of_claim[rows], frame.cents(rows, element), 0)
    for name in ("charge", "paid"):
        columns["lines"], columns[f"line_{name}"] = totals(lines, name, size)
    return Table(columns, size, carried_rows(parts, claims))


def _lines(frame: Frame, of_claim: IntArray, services: IntArray) -> Table:
    parts, size = frame.parts, services.size
    paid_units = frame.decimals(parts.element(services, 5), 3)
    # SVC05 is 1 where it does not stand.
    start, end = parts.element(services, 5)
    paid_units[start == end] = 1000
    original_start, original_end = parts.element(services, 7)
    submitted = frame.decimals((original_start, original_end), 3)
    submitted = np.where(original_start == original_end, paid_units, submitted)
    columns: dict[str, Column] = {
        "segment": parts.number[services],
        "offset": parts.offset[services],
        "claim": of_claim[services],
        "charge": frame.cents(services, 2),
        "paid": frame.cents(services, 3),
        "revenue_code": parts.short(services, 4),
        "quantity": paid_units,
        "submitted_quantity": submitted,
        **frame.procedure(parts.element(services, 1)),
    }
    _, original, *modifiers = parts.components(parts.element(services, 6), 6)
    columns["submitted_procedure"] = frame.text(original)
    for place, modifier in enumerate(modifiers, start=1):
        columns[f"submitted_modifier{place}"] = base36(parts.block, *modifier, _MODIFIER_LENGTH, small=True)
    columns["submitted_quantity?"] = (original_end > original_start).astype(np.int64)
    day = np.full(size, ABSENT, dtype=np.int64)
    for code in _LINE_DATES:
        rows = frame.qualified("DTM", code)
        found = put(size, frame.by_occurrence(rows, services), frame.period(rows, 2)[0])
        day = np.where(day == ABSENT, found, day)
    rows = frame.qualified("DTM", "151")
    last = put(size, frame.by_occurrence(rows, services), frame.period(rows, 2)[0])
    columns["date_of_service"], columns["date_to"] = day, np.where(last == ABSENT, day, last)
    rows = frame.qualified("REF", "6R")
    columns["control_number"] = frame.text(put_spans(size, frame.by_occurrence(rows, services), parts.element(rows, 2)))
    allowed = frame.qualified("AMT", "B6")
    owner = frame.by_occurrence(allowed, services)
    columns["allowed"] = put(size, owner, frame.cents(allowed, 2), 0)
    columns["allowed?"] = put(size, owner, np.ones(allowed.size, dtype=np.int64), 0)
    return Table(columns, size, carried_rows(parts, services))


def _remarks(frame: Frame, of_claim: IntArray, services: IntArray) -> Table:
    """Remark codes of lines (LQ) and of claims (MOA03 to MOA07, MIA05 and MIA20 to MIA23)."""
    parts = frame.parts
    pieces = []
    for name, elements, codes in (("LQ", (2,), 1), ("MOA", (3, 4, 5, 6, 7), 0), ("MIA", (5, 20, 21, 22, 23), 0)):
        rows = frame.rows(name)
        for place in elements:
            start, end = parts.element(rows, place)
            there = end > start
            chosen = rows[there]
            kind = parts.short(chosen, 1) if codes else np.full(chosen.size, b"HE", dtype="S8")
            pieces.append((chosen, np.full(chosen.size, place), kind, frame.short((start[there], end[there]))))
    rows, element, kind, code = (np.concatenate([piece[at] for piece in pieces]) for at in range(4))
    turn = np.lexsort((element, rows))
    rows = rows[turn]
    columns: dict[str, Column] = {
        "segment": parts.number[rows],
        "element": element[turn],
        "claim": of_claim[rows],
        "line": frame.by_occurrence(rows, services),
        "list": kind[turn].astype("S8"),
        "code": code[turn].astype("S8"),
    }
    return Table(columns, rows.size, carried_rows(parts, rows))


def _beside(frame: Frame, rows: IntArray, of_claim: IntArray, services: IntArray, elements: dict[str, int]) -> Table:
    """Segments with a qualifier and a value, and what they belong to."""
    parts = frame.parts
    rows = rows[of_claim[rows] != ABSENT]
    columns: dict[str, Column] = {
        "segment": parts.number[rows],
        "claim": of_claim[rows],
        "line": frame.by_occurrence(rows, services),
        "qualifier": parts.short(rows, 1),
    }
    for name, element in elements.items():
        columns[name] = frame.cents(rows, element) if name == "amount" else parts.text(rows, element)
    return Table(columns, rows.size, carried_rows(parts, rows))


def _provider_adjustments(frame: Frame, transaction: IntArray) -> Table:
    parts, rows = frame.parts, frame.rows("PLB")
    owners, place = expand(np.clip((parts.last[rows] - parts.first[rows] - 1) // 2, 0, 6))
    every = rows[owners]
    element = 3 + 2 * place
    reason, reference = parts.components(parts.element(every, element), 2)
    columns: dict[str, Column] = {
        "segment": parts.number[every],
        "element": element,
        "transaction": transaction[every],
        "provider": parts.text(every, 1),
        "period_end": frame.period(every, 2)[0],
        "reason": frame.short(reason),
        "reference": frame.text(reference),
        "amount": frame.cents(every, element + 1),
    }
    return Table(columns, every.size, carried_rows(parts, every))
