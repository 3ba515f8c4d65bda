"""A crowd's visits as a table of service lines, one row a line, in the columns that tables of visits have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa

from quarterhour.domain.columns import EPOCH
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.interchange.tabular.columns import VISITS
from quarterhour.workflows.synth.catalogue import IntArray, Offer
from quarterhour.workflows.synth.courses import (
    CERTIFIED_DAYS,
    PATIENTS,
    REPORT_EVERY,
    Patients,
    Visits,
    draw_patients,
    draw_visits,
)
from quarterhour.workflows.synth.mix import Mix
from quarterhour.workflows.synth.people import member_number, people, provider_numbers
from quarterhour.workflows.synth.services import Asked, Days, Services, draw_services

#: A certification is signed within so many days.
_SIGNED_WITHIN: Final = 20
_OF_DISCIPLINE: Final = ("GP", "GO", "GN")
_OF_ASSISTANT: Final = ("CQ", "CO", "")
_ASSISTANTS: Final = ("PTA", "OTA", "")
_TAXONOMIES: Final = ("225100000X", "225X00000X", "235Z00000X")
_DISTINCT, _CONFIRMED = "59", "KX"
_TYPES: Final = {"date": pa.date32(), "number": pa.int32()}
_TEXT: Final = pa.dictionary(pa.int32(), pa.string())
#: Every column a table of visits may have; what is several stands in one cell with blanks between.
SCHEMA: Final = pa.schema([(column.name, _TYPES.get(column.kind, _TEXT)) for column in VISITS.columns])


class Crowd(msgspec.Struct, frozen=True):
    """All that is drawn of one crowd of patients."""

    number: int
    patients: Patients
    visits: Visits
    services: Services
    days: Days


def draw_crowd(number: int, seed: int, mix: Mix, offer: Offer, asked: Asked, year: int) -> Crowd:
    """The crowd of that number: the same for the same seed, whatever was drawn before it."""
    random = np.random.default_rng([seed, number])
    patients = draw_patients(random, mix, offer, year)
    visits = draw_visits(random, offer, patients, year)
    return Crowd(number, patients, visits, *draw_services(random, mix, offer, patients, visits, asked))


def table_of(crowd: Crowd, mix: Mix, offer: Offer, asked: Asked, most: int) -> pa.Table:
    """The lines of the first so many visits of a crowd, in order of date as they are made, each visit's together."""
    visits, services = crowd.visits, crowd.services
    order = np.argsort(visits.day, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    lines = np.argsort(place[services.visit], kind="stable")
    lines = lines[services.visit[lines] < most]
    found = _of_patients(crowd, mix) | _of_visits(crowd, asked) | _of_lines(crowd, offer, asked)
    columns = {}
    for name, (rows, values) in found.items():
        at = lines if rows == "line" else services.visit[lines]
        taken = values.take(pa.array(visits.patient[at] if rows == "patient" else at))
        columns[name] = taken.dictionary_encode() if pa.types.is_string(taken.type) else taken
    given = [columns.get(field.name, pa.nulls(lines.size, field.type)) for field in SCHEMA]
    return pa.table(given, schema=SCHEMA)


def visit_of_lines(table: pa.Table) -> IntArray:
    """For every line its visit, counted from 0; the lines of a visit stand together."""
    ids = table.column("visit_id").combine_chunks()
    codes = ids.dictionary_encode() if not pa.types.is_dictionary(ids.type) else ids
    numbers = codes.indices.to_numpy()
    found: IntArray = np.cumsum(np.diff(numbers, prepend=-1) != 0) - 1
    return found


_Column = tuple[str, pa.Array]


def _of_patients(crowd: Crowd, mix: Mix) -> dict[str, _Column]:
    patients, told = crowd.patients, people()
    draw = patients.draw
    courses = [(place, one) for place, name in enumerate(DISCIPLINES) for one in told.courses[name]]
    options = [[row for row, (place, _) in enumerate(courses) if place == number] for number in range(len(DISCIPLINES))]
    course = np.array(
        [
            options[place][one % len(options[place])]
            for place, one in zip(patients.discipline.tolist(), draw.tolist(), strict=True)
        ]
    )
    settings = mix.assumed.settings
    given = np.where(patients.female, draw % len(told.given_women), len(told.given_women) + draw % len(told.given_men))
    ids = [f"P{crowd.number:05d}-{number:04d}" for number in range(PATIENTS)]
    members = [member_number(crowd.number * PATIENTS + number + 10**9) for number in range(PATIENTS)]
    found: dict[str, pa.Array] = {
        "payer": _words(tuple(mix.assumed.payers), patients.payer),
        "setting": _words(tuple(settings), patients.setting),
        "place_of_service": _words([one.place for one in settings.values()], patients.setting),
        "state": _words(tuple(mix.published.states), patients.state),
        "discipline": _words(DISCIPLINES, patients.discipline),
        "patient_id": pa.array(ids),
        "patient_family": _words(told.families, draw // 16 % len(told.families)),
        "patient_given": _words([*told.given_women, *told.given_men], given),
        "patient_birth_date": _dates(patients.birth_day),
        "patient_sex": _words(("M", "F"), patients.female.astype(np.int64)),
        "member_id": pa.array(members),
        "billing_npi": _numbers(crowd.number, "billing", patients.clinic),
        "billing_name": _words(("Exampleton Therapy",), np.zeros_like(draw)),
        "billing_tax_id": pa.array([f"{900_000_000 + int(one)}" for one in patients.clinic]),
        "therapist_credential": _words(DISCIPLINES, patients.discipline),
        "therapist_taxonomy": _words(_TAXONOMIES, patients.discipline),
        "plan_diagnoses": _words([one.diagnoses for _, one in courses], course),
        "plan_goals": _words([one.goals_text for _, one in courses], course),
        "plan_certified_by_npi": _numbers(crowd.number, "physician", draw % 400),
        "plan_certified_by_name": _words(told.physicians, draw % len(told.physicians)),
        "plan_certified_by_credential": _words(told.credentials, draw // 8 % len(told.credentials)),
        "referring_npi": _numbers(crowd.number, "physician", draw % 400),
        "referring_name": _words(told.physicians, draw % len(told.physicians)),
    }
    return {name: ("patient", array) for name, array in found.items()}


def _of_visits(crowd: Crowd, asked: Asked) -> dict[str, _Column]:
    patients, visits, days, told = crowd.patients, crowd.visits, crowd.days, people()
    of = visits.patient
    discipline = patients.discipline[of]
    therapist = _of_colleagues(patients.therapist[of], days.colleague)
    elapsed = visits.day - visits.first
    period = elapsed // CERTIFIED_DAYS
    certified = np.where(
        period == 0,
        visits.first + 3 + patients.draw[of] % (_SIGNED_WITHIN - 3),
        visits.first + period * CERTIFIED_DAYS - 1,
    )
    last = visits.day[np.flatnonzero(np.diff(of, append=-1))]
    weeks = (last[of] - visits.first) // 7 + told.weeks_beyond
    report = (visits.number - 1) // REPORT_EVERY * REPORT_EVERY
    counts = asked.of("kx_threshold", patients)[of]
    shared = discipline != DISCIPLINES.index("OT")
    found: dict[str, pa.Array] = {
        "visit_id": pa.array([f"V{crowd.number:05d}-{number:06d}" for number in range(of.size)]),
        "date_of_service": _dates(visits.day),
        "therapist_npi": _numbers(crowd.number, "therapist", therapist),
        "therapist_name": _words(told.families, therapist % len(told.families)),
        "assistant_npi": _numbers(crowd.number, "assistant", patients.therapist[of], there=days.assisted),
        "assistant_credential": _words(_ASSISTANTS, discipline, there=days.assisted),
        "plan_established": _dates(visits.first),
        "plan_first_treatment": _dates(visits.first),
        "plan_certified_on": _dates(certified),
        "plan_certified_through": _dates(visits.first + (period + 1) * CERTIFIED_DAYS - 1),
        "plan_frequency": _words([f"{number} per week" for number in range(8)], _most_a_week(visits)[of]),
        "plan_duration": _words([f"{number} weeks" for number in range(60)], weeks),
        "plan_visit_number": _whole(visits.number),
        "plan_last_progress_report_visit": _whole(np.maximum(report, 1)),
        "total_treatment_minutes": _whole(days.minutes),
        "total_timed_minutes": _whole(days.timed),
        "accrued_pt_slp": _amounts(days.accrued, there=counts & shared),
        "accrued_ot": _amounts(days.accrued, there=counts & ~shared),
    }
    return {name: ("visit", array) for name, array in found.items()}


def _of_lines(crowd: Crowd, offer: Offer, asked: Asked) -> dict[str, _Column]:
    services, patients = crowd.services, crowd.patients
    codes = offer.codes
    code, patient = services.code, crowd.visits.patient[services.visit]
    modes = ("one-on-one", "group")
    contact = np.where(codes.of_kind("group"), 1, np.where(codes.of_kind("supervised-modality"), -1, 0))
    found: dict[str, pa.Array] = {
        "code": _words(codes.texts, code),
        "minutes": _whole(services.minutes),
        "assistant_minutes": _whole(np.where(services.assistant, services.minutes, 0)),
        "times": _times(services.begin, services.minutes),
        "mode": _words(modes, contact[code], there=contact[code] >= 0),
        "units": _whole(services.units),
        "modifiers": _modifiers(services, patients, patient, asked),
        "charge": _amounts(services.charge),
        "diagnosis_pointers": _words(("1",), np.zeros_like(code)),
    }
    return {name: ("line", array) for name, array in found.items()}


def _modifiers(services: Services, patients: Patients, patient: IntArray, asked: Asked) -> pa.Array:
    """Modifiers in the order they are billed, with blanks between."""
    discipline = patients.discipline[patient]
    marks = (
        (np.where(asked.of("discipline_modifiers", patients)[patient], 1 + discipline, 0), ("", *_OF_DISCIPLINE)),
        (
            np.where(services.assistant & asked.of("assistant_modifiers", patients)[patient], 1 + discipline, 0),
            ("", *_OF_ASSISTANT),
        ),
        ((services.distinct & asked.of("ncci_edits", patients)[patient]).astype(np.int64), ("", _DISTINCT)),
        (services.confirmed.astype(np.int64), ("", _CONFIRMED)),
    )
    packed = np.zeros(patient.size, dtype=np.int64)
    texts = [""]
    for places, words in marks:
        packed = packed * len(words) + places
        texts = [" ".join(filter(None, (text, word))) for text in texts for word in words]
    return _words(texts, packed, there=packed > 0)


def _most_a_week(visits: Visits) -> IntArray:
    """How many visits each patient has in the fullest week, from Monday on."""
    weeks = (visits.day - 1) // 7
    weeks -= int(weeks.min())
    span = int(weeks.max()) + 1
    found: IntArray = (
        np.bincount(visits.patient * span + weeks, minlength=PATIENTS * span).reshape(-1, span).max(axis=1)
    )
    return found


def _of_colleagues(therapist: IntArray, colleague: IntArray) -> IntArray:
    """Therapists with their colleagues counted as further ones."""
    most = int(therapist.max()) + 1
    packed = np.where(colleague > 0, most + therapist * (int(colleague.max()) + 1) + colleague, therapist)
    found: IntArray = np.unique(packed, return_inverse=True)[1].astype(np.int64)
    return found


def _words(words: Sequence[str], places: IntArray, *, there: np.ndarray | None = None) -> pa.Array:
    """Words by their places, as a dictionary without doubles: what is written must not hang on which one is named."""
    distinct = {word: place for place, word in enumerate(dict.fromkeys(words))}
    if len(distinct) < len(words):
        places = np.array([distinct[word] for word in words])[places]
    mask = None if there is None else ~there
    indices = pa.array(places if mask is None else np.where(mask, 0, places), pa.int32(), mask=mask)
    return pa.DictionaryArray.from_arrays(indices, list(distinct))


def _numbers(crowd: int, kind: str, rows: IntArray, *, there: np.ndarray | None = None) -> pa.Array:
    return _words(provider_numbers(crowd, kind, np.arange(int(rows.max()) + 1)), rows, there=there)


def _dates(days: IntArray) -> pa.Array:
    return pa.array((days - EPOCH).astype(np.int32), pa.int32()).cast(pa.date32())


def _whole(values: IntArray) -> pa.Array:
    return pa.array(values.astype(np.int32))


def _amounts(cents: IntArray, *, there: np.ndarray | None = None) -> pa.Array:
    distinct, places = np.unique(cents, return_inverse=True)
    return _words([f"{cent // 100}.{cent % 100:02d}" for cent in distinct.tolist()], places, there=there)


def _times(begin: IntArray, minutes: IntArray) -> pa.Array:
    day = 24 * 60
    distinct, places = np.unique(begin * day + minutes, return_inverse=True)
    spans = [(key // day, key // day + key % day) for key in distinct.tolist()]
    texts = [f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in spans]
    return _words(texts, places)
