"""Tables of remittances as what the payer answered: every line of every claim, also such as no claim record can hold.

``settlements`` makes records of claims for other formats and leaves out what those cannot hold; here nothing is left
out, so that amounts add up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from quarterhour.domain.answer import AnsweredClaim, AnsweredLine
from quarterhour.domain.code import modifier_text
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.coverage import Adjustment
from quarterhour.domain.money import Cents
from quarterhour.interchange.x12.columns import Table, Text
from quarterhour.interchange.x12.record_parts import day

_REMARKS: Final = "HE"
_THOUSANDTHS: Final = 1000
_CLAIM: Final = (
    "patient_control_number", "payer_control_number", "status", "filing", "charge", "paid", "segment", "payment",
)  # fmt: skip
_LINE: Final = (
    "claim", "segment", "charge", "paid", "procedure", "submitted_procedure", "quantity", "submitted_quantity",
    "submitted_quantity?", "date_of_service", "revenue_code", "control_number",
)  # fmt: skip
_PAYMENT: Final = ("date", "production_date", "payer_name", "payer_id", "payer_trace_id", "trace_number")


@dataclass(frozen=True, slots=True)
class Orphans:
    """Service lines that stand in no claim, and what they ask for and were paid."""

    lines: int
    charge: Cents
    paid: Cents


def answers_of(tables: Mapping[str, Table]) -> list[AnsweredClaim]:
    """The claims of a part of a remittance, in order.

    The date is that of the payment (BPR16), else the one it was made on (DTM*405).
    """
    claims = tables["claims"]
    adjusted = _adjustments(tables["adjustments"])
    remarked = _remarks(tables["remarks"])
    lines = _lines(tables["lines"], claims.carried, adjusted, remarked, _days(claims))
    payments = [_payment(row) for row in _rows(tables["payments"], _PAYMENT)]
    found = []
    for number, row in enumerate(_rows(claims, _CLAIM, claims.carried), start=claims.carried):
        control, own, status, filing, charge, paid, segment, payment = row
        mine = lines.get(number, [])
        whole = AnsweredLine(
            0,
            segment,
            Cents(charge - sum(line.charge for line in mine)),
            Cents(paid - sum(line.paid for line in mine)),
            adjustments=tuple(adjusted.get((number, ABSENT), ())),
        )
        when, name, payer, trace = payments[payment] if payment != ABSENT else (None, "", "", "")
        asked = whole.charge or whole.paid or whole.adjustments or not mine
        found.append(
            AnsweredClaim(
                control, own, status, filing, Cents(charge), Cents(paid), segment,
                (*mine, whole) if asked else tuple(mine), tuple(remarked.get((number, ABSENT), ())), when, name, payer,
                trace,
            )
        )  # fmt: skip
    return found


def orphans_of(tables: Mapping[str, Table]) -> Orphans:
    """The lines of a part of a remittance that no claim stands above."""
    lines = tables["lines"]
    alone = np.flatnonzero(lines.integers("claim")[lines.carried :] == ABSENT) + lines.carried
    charge, paid = (Cents(int(lines.integers(name)[alone].sum())) for name in ("charge", "paid"))
    return Orphans(int(alone.size), charge, paid)


def _rows(table: Table, names: Sequence[str], first: int = 0) -> list[tuple[Any, ...]]:
    """Some columns of a table row by row, from a row on."""
    columns = []
    for name in names:
        column = table[name]
        values = table.texts(name) if isinstance(column, Text) or column.dtype.kind == "S" else column.tolist()
        columns.append(values[first:])
    return list(zip(*columns, strict=True))


def _payment(row: tuple[Any, ...]) -> tuple[dt.date | None, str, str, str]:
    paid_on, made_on, name, payer, trace_id, trace = row
    return day(paid_on) or day(made_on), name, payer or trace_id, trace


def _adjustments(table: Table) -> dict[tuple[int, int], list[Adjustment]]:
    """By claim and line, ``ABSENT`` for the claim as a whole; what has neither reason nor amount is none."""
    found: dict[tuple[int, int], list[Adjustment]] = {}
    for claim, line, group, reason, amount, quantity in _rows(
        table, ("claim", "line", "group", "reason", "amount", "quantity")
    ):
        if reason or amount:
            units = quantity // _THOUSANDTHS if quantity else None
            found.setdefault((claim, line), []).append(
                Adjustment(group=group, reason=reason, amount=Cents(amount), quantity=units)
            )
    return found


def _remarks(table: Table) -> dict[tuple[int, int], list[str]]:
    """As :func:`_adjustments`, each code once."""
    found: dict[tuple[int, int], list[str]] = {}
    for claim, line, kind, code in _rows(table, ("claim", "line", "list", "code")):
        own = found.setdefault((claim, line), [])
        if kind == _REMARKS and code not in own:
            own.append(code)
    return found


def _lines(
    table: Table,
    first: int,
    adjusted: Mapping[tuple[int, int], Sequence[Adjustment]],
    remarked: Mapping[tuple[int, int], Sequence[str]],
    days: Mapping[int, dt.date],
) -> dict[int, list[AnsweredLine]]:
    """The lines of the claims from ``first`` on, by claim; ``days`` are the dates of service told of whole claims."""
    found: dict[int, list[AnsweredLine]] = {}
    modifiers, sent_modifiers = _modifiers(table, "modifier"), _modifiers(table, "submitted_modifier")
    for number, row in enumerate(_rows(table, _LINE)):
        claim, segment, charge, paid, code, sent, units, sent_units, told, served, revenue, control = row
        if claim < first:
            continue
        own = found.setdefault(claim, [])
        own.append(
            AnsweredLine(
                len(own) + 1, segment, Cents(charge), Cents(paid), code, modifiers[number], sent,
                sent_modifiers[number], units, sent_units if told else None, day(served) or days.get(claim), revenue,
                control, tuple(adjusted.get((claim, number), ())), tuple(remarked.get((claim, number), ())),
            )
        )  # fmt: skip
    return found


def _days(claims: Table) -> dict[int, dt.date]:
    """The date of service of each claim that tells one day for all its lines (DTM*232, and no later DTM*233)."""
    found = {}
    names = ("statement_from", "statement_to")
    for number, dates in enumerate(_rows(claims, names, claims.carried), start=claims.carried):
        first, last = map(day, dates)
        if first is not None and last in {None, first}:
            found[number] = first
    return found


def _modifiers(table: Table, name: str) -> list[tuple[str, ...]]:
    """The modifiers of every line; the same few combinations are made once."""
    made: dict[tuple[int, ...], tuple[str, ...]] = {}
    found = []
    for row in zip(*(table.integers(f"{name}{place}").tolist() for place in range(1, 5)), strict=True):
        texts = made.get(row)
        if texts is None:
            texts = made[row] = tuple(modifier_text(number) for number in row if number != ABSENT)
        found.append(texts)
    return found
