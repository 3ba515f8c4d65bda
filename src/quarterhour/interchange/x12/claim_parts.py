"""The parts of claims that stand beside their lines: attachments, notes, and what other payers paid of each line."""

from __future__ import annotations

import numpy as np

from quarterhour.interchange.x12.columns import Column, Table
from quarterhour.interchange.x12.frame import Frame, carried_rows, put, put_short, put_spans
from quarterhour.interchange.x12.values import IntArray


def part_tables(frame: Frame, of_claim: IntArray, services: IntArray) -> dict[str, Table]:
    """``attachments`` (PWK), ``notes`` (NTE) and ``line_payments`` (SVD), each with its claim and line."""
    return {
        "attachments": _attachments(frame, of_claim, services),
        "notes": _notes(frame, of_claim, services),
        "line_payments": _line_payments(frame, of_claim, services),
    }


def _attachments(frame: Frame, of_claim: IntArray, services: IntArray) -> Table:
    parts, rows = frame.parts, frame.rows("PWK")
    columns: dict[str, Column] = {
        "segment": parts.number[rows],
        "claim": of_claim[rows],
        "line": frame.by_major(rows, services),
        "report": parts.short(rows, 1),
        "how": parts.short(rows, 2),
        "control_number": parts.text(rows, 6),
    }
    return Table(columns, rows.size, carried_rows(parts, rows))


def _notes(frame: Frame, of_claim: IntArray, services: IntArray) -> Table:
    parts, rows = frame.parts, frame.rows("NTE")
    columns: dict[str, Column] = {
        "segment": parts.number[rows],
        "claim": of_claim[rows],
        "line": frame.by_major(rows, services),
        "qualifier": parts.short(rows, 1),
        "text": parts.text(rows, 2),
    }
    return Table(columns, rows.size, carried_rows(parts, rows))


def _line_payments(frame: Frame, of_claim: IntArray, services: IntArray) -> Table:
    parts, rows = frame.parts, frame.rows("SVD")
    size = rows.size
    dates = frame.qualified("DTP", "573")
    owners = frame.by_occurrence(dates, rows)
    quantity = frame.decimals(parts.element(rows, 5), 3)
    columns: dict[str, Column] = {
        "segment": parts.number[rows],
        "claim": of_claim[rows],
        "line": frame.by_major(rows, services),
        "payer_id": parts.text(rows, 1),
        "paid": frame.cents(rows, 2),
        "quantity": quantity,
        "paid_on": put(size, owners, frame.period(dates, 3)[0]),
    }
    return Table(columns, size, carried_rows(parts, rows))


def other_payer_columns(frame: Frame, rows: IntArray, payers: IntArray, payer: IntArray) -> dict[str, Column]:
    """Beside SBR segments: the payer's address and claim number, and the assignment and release of OI."""
    parts, size = frame.parts, rows.size
    columns: dict[str, Column] = {}

    def owners(found: IntArray) -> IntArray:
        place = frame.by_occurrence(found, payers)
        return np.where(place >= 0, payer[np.maximum(place, 0)], place) if payers.size else place

    for name, fields in (
        ("N3", {"payer_street": 1}),
        ("N4", {"payer_city": 1, "payer_state": 2, "payer_zip": 3}),
    ):
        owner = owners(frame.rows(name))
        for field, element in fields.items():
            columns[field] = frame.text(put_spans(size, owner, frame.element(name, element)))
    numbers = frame.qualified("REF", "F8")
    columns["claim_number"] = frame.text(put_spans(size, owners(numbers), parts.element(numbers, 2)))
    information = frame.rows("OI")
    of = frame.by_major(information, rows)
    columns["benefits_assigned"] = put_short(size, of, parts.short(information, 3))
    columns["release"] = put_short(size, of, parts.short(information, 6))
    return columns
