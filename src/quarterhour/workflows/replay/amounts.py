"""Allowed amounts of lines of a batch: patient days priced as a whole, each different day once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np

from quarterhour.domain.code import code_text, modifier_text
from quarterhour.domain.columns import ABSENT, Columns, IntArray
from quarterhour.domain.money import Cents
from quarterhour.domain.people import Patient, Provider
from quarterhour.domain.visit import Service, Visit
from quarterhour.engine.derive.groups import group
from quarterhour.policy import Policy
from quarterhour.policy.tables import Edition
from quarterhour.workflows.treatment_days import Pricing, treatment_days

#: Whom all visits of a day are of: who it is makes no difference to the price.
_PATIENT: Final = Patient(id="patient")
_PROVIDER: Final = Provider(npi="provider")


class _Line(NamedTuple):
    """What of a line counts for its price: integers as its columns have them."""

    code: int
    units: int
    charge: int
    modifiers: tuple[int, ...]


class _Billed(NamedTuple):
    """What of a visit counts for its price; visits that are the same in it have the same price."""

    day: int
    payer: str | None
    setting: Any
    zip: str | None
    lines: tuple[_Line, ...]


#: How the names of tables begin that say what may be billed, and nothing of what it comes to.
_EDITS: Final = ("ptp-", "mue-", "add-on")


class Day(NamedTuple):
    """What is priced together, and the rows of its billed lines."""

    visits: tuple[_Billed, ...]
    rows: list[int]


def days_of(columns: Columns[Visit], wanted: IntArray) -> list[Day]:
    """The patient days the wanted visits are part of, whole."""
    root = columns.root
    patient = np.where(root["patient.id"] == ABSENT, root["patient.member_id"], root["patient.id"])
    patient = np.where(patient == ABSENT, ABSENT - 1 - np.arange(root.rows), patient)
    days = group(patient, root["date_of_service"], root["billing_provider.npi"], root["payer"])
    of_visit = np.empty(root.rows, dtype=np.int64)
    of_visit[days.order] = days.of
    visits = [
        days.order[days.starts[day] : days.starts[day + 1]].tolist() for day in np.unique(of_visit[wanted]).tolist()
    ]
    rows = np.array([visit for together in visits for visit in together], dtype=np.int64)
    billed = dict(zip(rows.tolist(), _billed(columns, rows), strict=True))
    offsets = np.asarray(root.children["services"].offsets).tolist()
    return [
        Day(
            tuple(billed[visit] for visit in together),
            [
                offsets[visit] + place
                for visit in together
                for place, line in enumerate(billed[visit].lines)
                if line.units > 0
            ],
        )
        for together in visits
    ]


def priced_alike(one: Policy, other: Policy) -> bool:
    """Whether two policies over the same own data have the same imported tables but for those that edit claims."""

    def tables(policy: Policy) -> list[Edition]:
        held = policy.held.editions if policy.held else ()
        return [edition for edition in held if not edition.table.startswith(_EDITS)]

    return tables(one) == tables(other)


class Amounts:
    """Prices days under one policy and remembers those it priced."""

    def __init__(self, policy: Policy, how: Pricing) -> None:
        """``how`` says where visits were that do not say it."""
        self._policy, self._how = policy, how
        self._known: dict[tuple[_Billed, ...], list[int | None]] = {}

    def allowed(self, days: list[Day], lines: int, shift: int = 0) -> IntArray:
        """The allowed amount of so many lines in cents, ABSENT where it is not known or not of these days.

        ``shift`` is the number of days the visits are moved.
        """
        found = np.full(lines, ABSENT)
        for day in days:
            visits = day.visits
            if shift:
                visits = tuple(visit._replace(day=visit.day + shift) for visit in visits)
            amounts = self._priced(visits)
            if amounts:
                found[day.rows] = [ABSENT if amount is None else amount for amount in amounts]
        return found

    def _priced(self, visits: tuple[_Billed, ...]) -> list[int | None]:
        known = self._known.get(visits)
        if known is None:
            (day,) = treatment_days(self._policy, map(_visit, visits), self._how)
            known = self._known[visits] = day.allowed()
        return known


def _billed(columns: Columns[Visit], rows: IntArray) -> Iterator[_Billed]:
    root, texts = columns.root, columns.texts.values
    services = root.children["services"]
    modifiers = services.children["modifiers"]
    days = root["date_of_service"][rows].tolist()
    said = [
        [None if place == ABSENT else texts[place] for place in root[name][rows].tolist()]
        for name in ("payer", "setting", "zip")
    ]
    offsets, spans = (np.asarray(table.offsets).tolist() for table in (services, modifiers))
    values = modifiers["value"].tolist()
    codes, units, charges = (services[name].tolist() for name in ("code", "units", "charge"))
    for row, day, payer, setting, zip_code in zip(rows.tolist(), days, *said, strict=True):
        lines = tuple(
            _Line(codes[line], units[line], charges[line], tuple(values[spans[line] : spans[line + 1]]))
            for line in range(offsets[row], offsets[row + 1])
        )
        yield _Billed(day, payer, setting, zip_code, lines)


def _visit(billed: _Billed) -> Visit:
    return Visit(
        date_of_service=dt.date.fromordinal(billed.day),
        payer=billed.payer,
        setting=billed.setting,
        zip=billed.zip,
        patient=_PATIENT,
        billing_provider=_PROVIDER,
        services=tuple(
            Service(
                code=code_text(line.code),
                units=None if line.units == ABSENT else line.units,
                modifiers=tuple(map(modifier_text, line.modifiers)),
                charge=None if line.charge == ABSENT else Cents(line.charge),
            )
            for line in billed.lines
        ),
    )
