"""Courses of care: who is treated, where, by whom, for whose money, and on which days."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec
import numpy as np

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.workflows.synth.catalogue import BoolArray, IntArray, Offer
from quarterhour.workflows.synth.mix import Mix, shares

#: Patients drawn together; patients, clinics and therapists of one crowd are in no other.
PATIENTS: Final = 2_000
MOST_VISITS: Final = 60
#: Visits of a report period, and days a certification covers.
REPORT_EVERY: Final = 10
CERTIFIED_DAYS: Final = 90
_SPREAD: Final = 0.6
#: Days of work between two visits, and how often.
_GAPS: Final = ((1, 2, 3, 4), (0.15, 0.45, 0.30, 0.10))
#: The smaller, the fewer clinics have most of the patients, and the fewer therapists those of a clinic.
_SKEW_CLINICS: Final = 1.1
_SKEW_THERAPISTS: Final = 1.5
_MOST_CLINICS: Final = 40
_MOST_THERAPISTS: Final = 10
_SATURDAY: Final = 5
#: Payers whose patients are of the age of Medicare.
_OF_AGE: Final = ("medicare-b", "medicare-advantage")


class Patients(msgspec.Struct, frozen=True):
    """One row a patient; words are positions in the lists of the mix, ``clinic`` and ``therapist`` count from 0."""

    discipline: IntArray
    payer: IntArray
    setting: IntArray
    state: IntArray
    clinic: IntArray
    therapist: IntArray
    assisted: BoolArray
    birth_day: IntArray
    female: BoolArray
    draw: IntArray
    """a number from which names, diagnosis and goals of the patient are taken"""


class Visits(msgspec.Struct, frozen=True):
    """One row a visit, patient by patient and in the order of days; ``number`` counts from 1."""

    patient: IntArray
    number: IntArray
    day: IntArray
    first: IntArray
    """the day of the patient's first visit"""


def draw_patients(random: np.random.Generator, mix: Mix, offer: Offer, year: int) -> Patients:
    """A crowd of patients."""
    assumed = mix.assumed
    discipline = random.choice(len(DISCIPLINES), size=PATIENTS, p=offer.patients)
    payer = random.choice(len(assumed.payers), size=PATIENTS, p=shares(assumed.payers))
    settings = shares({name: place.share for name, place in assumed.settings.items()})
    setting = random.choice(len(assumed.settings), size=PATIENTS, p=settings)
    state = random.choice(len(mix.published.states), size=PATIENTS, p=shares(mix.published.states))
    nth = np.minimum(random.pareto(_SKEW_CLINICS, size=PATIENTS).astype(np.int64), _MOST_CLINICS)
    clinic = _dense(state, setting, nth)
    nth = np.minimum(random.pareto(_SKEW_THERAPISTS, size=PATIENTS).astype(np.int64), _MOST_THERAPISTS)
    therapist = _dense(clinic, discipline, nth)
    old = np.isin(payer, [place for place, name in enumerate(assumed.payers) if name in _OF_AGE])
    age = np.where(old, random.integers(66, 95, size=PATIENTS), random.integers(19, 64, size=PATIENTS))
    slp = DISCIPLINES.index("SLP")
    return Patients(
        discipline,
        payer,
        setting,
        state,
        clinic,
        therapist,
        (random.random(PATIENTS) * 100 < assumed.assistant.patients) & (discipline != slp),
        dt.date(year, 1, 1).toordinal() - age * 365 - random.integers(0, 365, size=PATIENTS),
        random.random(PATIENTS) < 0.6,
        random.integers(0, 1 << 30, size=PATIENTS),
    )


def draw_visits(random: np.random.Generator, offer: Offer, patients: Patients, year: int) -> Visits:
    """A course of care for every patient, all of it within the year."""
    mean = np.array(offer.visits)[patients.discipline]
    lengths = random.lognormal(np.log(mean) - _SPREAD**2 / 2, _SPREAD)
    count = np.clip(np.rint(lengths), 1, MOST_VISITS).astype(np.int64)
    patient = np.repeat(np.arange(PATIENTS), count)
    begins = np.cumsum(count) - count
    number = np.arange(patient.size) - begins[patient] + 1
    gaps = random.choice(_GAPS[0], size=patient.size, p=_GAPS[1])
    gaps[begins] = 0
    run = np.cumsum(gaps)
    within = run - run[begins][patient]
    span = within[begins + count - 1]
    work = _days_of_work(year)
    start = (random.random(PATIENTS) * (work.size - span)).astype(np.int64)
    day = work[start[patient] + within]
    return Visits(patient, number, day, day[begins][patient])


def _days_of_work(year: int) -> IntArray:
    first = dt.date(year, 1, 1)
    days = np.arange(first.toordinal(), dt.date(year + 1, 1, 1).toordinal())
    weekday = (first.weekday() + np.arange(days.size)) % 7
    return days[weekday < _SATURDAY]


def _dense(*keys: IntArray) -> IntArray:
    """The different sets of keys, counted from 0."""
    packed = keys[0]
    for key in keys[1:]:
        packed = packed * (int(key.max()) + 1) + key
    found: IntArray = np.unique(packed, return_inverse=True)[1].astype(np.int64)
    return found
