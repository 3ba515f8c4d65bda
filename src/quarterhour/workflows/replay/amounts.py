"""Allowed amounts of lines of a batch: patient days priced as a whole, each different day once."""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np

from quarterhour.domain.code import code_text, modifier_text
from quarterhour.domain.columns import ABSENT, Columns, IntArray
from quarterhour.domain.money import Cents
from quarterhour.domain.people import Patient, Provider
from quarterhour.domain.visit import Service, Visit
from quarterhour.engine.derive.groups import group
from quarterhour.policy import Policy
from quarterhour.workflows.treatment_days import Pricing, treatment_days

#: A day's visits and, once they are priced, the amounts of their billed lines, None where one is not known.
Known = dict[tuple[Visit, ...], list[int | None]]
#: Whom all visits of a day are of: who it is makes no difference to the price.
_PATIENT: Final = Patient(id="patient")
_PROVIDER: Final = Provider(npi="provider")


class Amounts:
    """Prices days under one policy and remembers those it priced."""

    def __init__(self, policy: Policy, how: Pricing) -> None:
        """``how`` says where visits were that do not say it."""
        self._policy, self._how = policy, how
        self._known: Known = {}

    def allowed(self, columns: Columns[Visit], wanted: IntArray) -> IntArray:
        """The allowed amount of every line in cents, ABSENT where it is not known or was not wanted.

        ``wanted`` are visits; all visits of a wanted one's patient on its day are priced with it.
        """
        root, services = columns.root, columns.root.children["services"]
        found = np.full(services.rows, ABSENT)
        patient = np.where(root["patient.id"] == ABSENT, root["patient.member_id"], root["patient.id"])
        alone = ABSENT - 1 - np.arange(root.rows)
        patient = np.where(patient == ABSENT, alone, patient)
        days = group(patient, root["date_of_service"], root["billing_provider.npi"], root["payer"])
        of_visit = np.empty(root.rows, dtype=np.int64)
        of_visit[days.order] = days.of
        offsets = np.asarray(services.offsets)
        for day in np.unique(of_visit[wanted]).tolist():
            visits = days.order[days.starts[day] : days.starts[day + 1]].tolist()
            lines = [line for visit in visits for line in range(int(offsets[visit]), int(offsets[visit + 1]))]
            billed = [line for line in lines if services["units"][line] > 0]
            amounts = self._priced(tuple(_visit(columns, visit) for visit in visits))
            if amounts:
                found[billed] = [ABSENT if amount is None else amount for amount in amounts]
        return found

    def _priced(self, visits: tuple[Visit, ...]) -> list[int | None]:
        known = self._known.get(visits)
        if known is None:
            (day,) = treatment_days(self._policy, visits, self._how)
            known = self._known[visits] = day.allowed()
        return known


def _visit(columns: Columns[Visit], row: int) -> Visit:
    """What of a visit counts for its price."""
    root, texts = columns.root, columns.texts.values
    services = root.children["services"]
    begin, end = (int(place) for place in services.offsets[row : row + 2])

    def text(name: str) -> str | None:
        place = int(root.columns[name][row])
        return None if place == ABSENT else texts[place]

    return Visit(
        date_of_service=dt.date.fromordinal(int(root.columns["date_of_service"][row])),
        payer=text("payer"),
        setting=text("setting"),  # type: ignore[arg-type]
        zip=text("zip"),
        patient=_PATIENT,
        billing_provider=_PROVIDER,
        services=tuple(_service(columns, line) for line in range(begin, end)),
    )


def _service(columns: Columns[Visit], line: int) -> Service:
    services = columns.root.children["services"]
    modifiers = services.children["modifiers"]
    begin, end = (int(place) for place in modifiers.offsets[line : line + 2])
    units, charge = int(services.columns["units"][line]), int(services.columns["charge"][line])
    return Service(
        code=code_text(int(services.columns["code"][line])),
        units=None if units == ABSENT else units,
        modifiers=tuple(modifier_text(int(number)) for number in modifiers.columns["value"][begin:end]),
        charge=None if charge == ABSENT else Cents(charge),
    )
