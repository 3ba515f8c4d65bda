"""A visit as a clinic records it: one patient, one date of service, one discipline.

The shapes are those of the outward contract (the visit record), so reading JSON is nothing but decoding into them.
Only the date of service and services or a note are required; everything else widens what can be judged.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, get_args

import msgspec

from quarterhour.domain.clock import Clock
from quarterhour.domain.coverage import Coverage, OtherCoverage
from quarterhour.domain.money import Cents
from quarterhour.domain.people import Patient as Patient  # noqa: PLC0414  (a part of the visit record)
from quarterhour.domain.people import PersonName as PersonName  # noqa: PLC0414  (a part of the visit record)
from quarterhour.domain.people import Provider as Provider  # noqa: PLC0414  (a part of the visit record)

Discipline = Literal["PT", "OT", "SLP"]
Mode = Literal["one-on-one", "group", "concurrent", "co-treatment"]
Setting = Literal[
    "private-practice",
    "outpatient-hospital",
    "critical-access-hospital",
    "skilled-nursing-facility",
    "rehabilitation-agency",
    "corf",
    "home-health-agency",
    "home",
    "assisted-living",
    "physician-office",
    "school",
]

DISCIPLINES: tuple[str, ...] = get_args(Discipline)
MODES: tuple[str, ...] = get_args(Mode)
SETTINGS: tuple[str, ...] = get_args(Setting)

#: More minutes than a day has can only be a slip of the pen.
Minutes = Annotated[int, msgspec.Meta(ge=0, le=1440)]
Units = Annotated[int, msgspec.Meta(ge=0, le=999)]
Count = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
#: The place of a diagnosis on the claim, counted from 1.
Pointer = Annotated[int, msgspec.Meta(ge=1, le=12)]
ProcedureCode = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Z][0-9]{3}[0-9A-Z]\Z", max_length=5)]
Modifier = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Z]{2}\Z", max_length=2)]
PlaceOfService = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{2}\Z", max_length=2)]
State = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}\Z", max_length=2)]


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What all records of the contract share: frozen, by name, and a key nobody knows is refused."""


class Goal(_Record, frozen=True):
    """A goal of the plan of care; ``baseline``, ``target`` and ``current`` are in ``unit``."""

    id: str | None = None
    text: str | None = None
    measure: str | None = None
    baseline: float | None = None
    target: float | None = None
    current: float | None = None
    unit: str | None = None
    due: dt.date | None = None


class PlanOfCare(_Record, frozen=True):
    """The plan the visit was furnished under. ``visit_number`` counts treatment days, this one included."""

    established: dt.date | None = None
    first_treatment: dt.date | None = None
    certified_on: dt.date | None = None
    certified_by: Provider | None = None
    certified_through: dt.date | None = None
    order_signed_on: dt.date | None = None
    sent_to_referrer_on: dt.date | None = None
    diagnoses: tuple[str, ...] = ()
    frequency: str | None = None
    duration: str | None = None
    visit_number: Count | None = None
    last_progress_report_visit: Count | None = None
    last_progress_report_on: dt.date | None = None
    goals: tuple[Goal, ...] = ()


class Service(_Record, frozen=True):
    """What was done, with its minutes, and the line it became.

    ``minutes`` are direct one-on-one minutes of a timed code (all minutes of an untimed one); ``assistant_minutes`` is
    the part an assistant furnished alone. ``units`` 0 means given and not billed; absent means not yet decided.
    """

    code: ProcedureCode
    minutes: Minutes | None = None
    assistant_minutes: Minutes = 0
    intervals: tuple[tuple[Clock, Clock], ...] = ()
    mode: Mode | None = None
    units: Units | None = None
    modifiers: tuple[Modifier, ...] = ()
    charge: Cents | None = None
    diagnosis_pointers: tuple[Pointer, ...] = ()
    label: str | None = None


class Note(_Record, frozen=True):
    """A note of the visit, as written. The text is never altered."""

    type: str | None = None
    text: str | None = None
    signed_by: str | None = None
    signed_on: dt.date | None = None


class Accrued(_Record, frozen=True, rename={"pt_slp": "PT+SLP", "ot": "OT"}):
    """Amounts accrued toward the yearly thresholds before this visit."""

    pt_slp: Cents | None = None
    ot: Cents | None = None


class Visit(_Record, frozen=True):
    """One patient, one date of service, one discipline."""

    date_of_service: dt.date
    visit_id: str | None = None
    payer: str | None = None
    setting: Setting | None = None
    place_of_service: PlaceOfService | None = None
    state: State | None = None
    zip: str | None = None
    discipline: Discipline | None = None
    patient: Patient | None = None
    therapist: Provider | None = None
    assistant: Provider | None = None
    supervisor: Provider | None = None
    referring_provider: Provider | None = None
    billing_provider: Provider | None = None
    plan_of_care: PlanOfCare | None = None
    services: tuple[Service, ...] = ()
    total_treatment_minutes: Minutes | None = None
    total_timed_minutes: Minutes | None = None
    note: Note | None = None
    accrued: Accrued | None = None
    prior_authorization: str | None = None
    coverage: (
        Annotated[Coverage, msgspec.Meta(description="one column of JSON: no rule over visits reads it")] | None
    ) = None
    other_coverages: (
        Annotated[tuple[OtherCoverage, ...], msgspec.Meta(description="one column of JSON, as coverage")] | None
    ) = None
