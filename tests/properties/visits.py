"""Visits as they come: drawn from what rules read, and drawn toward the edges where rules change their minds.

One generator serves two masters. Given a ``random.Random`` it fills a differential test with thousands of records;
given Hypothesis's own it shrinks to the smallest visit that breaks a property. Records are plain values of the outward
contract.
"""

import datetime as dt

from hypothesis import strategies as st

from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import DISCIPLINES, MODES, SETTINGS, Visit

#: Either side of the days on which policy changed, a day before anything is known, one after what is published.
DAYS = (
    "1999-06-30", "2000-04-01", "2017-12-31", "2018-01-01", "2019-06-30", "2019-07-01", "2019-12-31", "2020-01-01",
    "2020-09-30", "2020-10-01", "2021-12-31", "2022-01-01", "2024-06-30", "2024-07-01", "2024-12-31", "2025-01-01",
    "2026-01-01", "2026-03-04", "2026-03-04", "2026-03-05", "2027-01-01",
)  # fmt: skip
PAYERS = (
    "medicare-b", "medicare-b", "medicare-b", "medicare-advantage", "commercial", "commercial-midpoint", "medicaid",
    "tricare", "workers-compensation", "auto", "self-pay",
)  # fmt: skip
#: Timed, untimed, evaluations, group, modalities, tests, add-ons, of the past, of other trades, and one nobody knows.
CODES = (
    "97530", "97530", "97530", "97110", "97110", "97112", "97140", "97140", "97116", "97535", "97537", "97542", "97113",
    "97124", "97032", "97035", "97010", "97014", "G0283", "97012", "97150", "97161", "97163", "97164", "97165", "97168",
    "97750", "97755", "97760", "97763", "92507", "92526", "92521", "97129", "97130", "97533", "95851", "29540", "97597",
    "97598", "20560", "98975", "97550", "97551", "97001", "97545", "97546", "96125", "99213", "12345",
)  # fmt: skip
MODIFIERS = (
    "GP", "GP", "GP", "GP", "GO", "GN", "CQ", "CO", "59", "59", "XE", "XS", "XP", "XU", "KX", "KX", "GA", "GX", "GY",
    "GZ",
    "76", "77", "52", "95", "GT", "RT", "LT", "25", "99", "ZZ",
)  # fmt: skip
MINUTES = (0, 1, 5, 7, 8, 9, 10, 14, 15, 16, 20, 22, 23, 24, 29, 30, 31, 37, 38, 45, 52, 53, 60, 68, 120, 240)
UNITS = (0, 1, 1, 1, 2, 2, 3, 4, 5, 8, 9, 30)
CREDENTIALS = (
    "PT", "PT", "DPT", "OT", "OTR/L", "SLP", "CCC-SLP", "PTA", "COTA", "DC", "ATC", "MD", "NP", "LMT", "Aide", "XYZ",
)  # fmt: skip
NPIS = ("1234567893", "1234567919", "1234567935", "1234567828", "1234567968")
PLACES = ("11", "11", "12", "22", "19", "02", "10", "31", "32", "62", "99", "00")
DIAGNOSES = ("M25.561", "S83.511A", "I69.351", "R26.89", "M62.81", "Z96.651", "nonsense", "m54.5")
#: Amounts accrued before the visit, about the thresholds and the review amount, in dollars.
ACCRUED = ("0.00", "2409.99", "2410.00", "2410.01", "2479.99", "2480.00", "2480.01", "2999.99", "3000.00", "3000.01")


def visit(random, *, who=None):
    """One record. ``who`` gives the visit a number, a patient and a therapist of its own; else these may recur."""
    day = dt.date.fromisoformat(random.choice(DAYS))
    record = {"date_of_service": day.isoformat(), "visit_id": f"V-{random.randrange(10**6) if who is None else who}"}
    for name, choices, often in (
        ("payer", PAYERS, 0.9),
        ("setting", ("private-practice",) * 8 + SETTINGS, 0.9),
        ("place_of_service", PLACES, 0.8),
        ("state", ("TX", "TX", "CA", "NY"), 0.7),
        ("zip", ("75201", "10001"), 0.3),
        ("discipline", (*DISCIPLINES, "PT", "PT"), 0.9),
        ("total_treatment_minutes", MINUTES, 0.5),
        ("total_timed_minutes", MINUTES, 0.5),
        ("prior_authorization", ("A-1",), 0.1),
    ):
        if random.random() < often:
            record[name] = random.choice(choices)
    _people(random, record, who)
    if random.random() < 0.7:
        record["plan_of_care"] = plan(random, day)
    if random.random() < 0.5:
        record["note"] = note(random, day)
    if random.random() < 0.5:
        record["accrued"] = {bucket: random.choice(ACCRUED) for bucket in ("PT+SLP", "OT") if random.random() < 0.8}
    record["services"] = [service(random, day) for _ in range(random.choice((0, 1, 1, 2, 2, 3, 3, 4, 6)))]
    if not record["services"]:
        del record["services"]
        record.setdefault("note", note(random, day))
    return record


def service(random, day):
    """One service, with more of its record left out than a clinic should."""
    record = {"code": random.choice(CODES)}
    if random.random() < 0.9:
        record["minutes"] = random.choice(MINUTES) if random.random() < 0.7 else random.randrange(70)
    if random.random() < 0.3:
        record["assistant_minutes"] = random.choice((record.get("minutes", 10), random.randrange(31)))
    if random.random() < 0.8:
        record["units"] = random.choice(UNITS)
    record["modifiers"] = [random.choice(MODIFIERS) for _ in range(random.choice((0, 1, 1, 1, 2, 2, 3, 5)))]
    if random.random() < 0.5:
        record["charge"] = random.choice(("0.00", "45.00", "90.00", "1250.50"))
    if random.random() < 0.2:
        record["mode"] = random.choice(MODES)
    if random.random() < 0.2:
        record["diagnosis_pointers"] = [random.randrange(1, 5) for _ in range(random.randrange(3))]
    record["intervals"] = [interval(random) for _ in range(random.choice((0, 0, 1, 1, 2)))]
    return record


def interval(random):
    """A stretch of the morning; now and then the wrong way round."""
    begin = 9 * 60 + random.randrange(0, 60, 5)
    end = begin + random.choice((-5, 0, 1, 7, 8, 15, 15, 23, 30))
    return [f"{begin // 60:02d}:{begin % 60:02d}", f"{end // 60:02d}:{end % 60:02d}"]


def plan(random, day):
    """A plan of care about the limits of certification and progress reports."""

    def near(*offsets):
        return (day + dt.timedelta(days=random.choice(offsets))).isoformat()

    record = {
        "established": near(-100, -91, -90, -89, -30, -8, 0, 1),
        "first_treatment": near(-100, -91, -90, -31, -30, -29, 0),
        "certified_on": near(-95, -60, -31, -30, -1, 0, 1),
        "certified_by": provider(random),
        "certified_through": near(-1, 0, 1, 30),
        "order_signed_on": near(-40, -30, 0),
        "sent_to_referrer_on": near(-30, -1, 0),
        "diagnoses": [random.choice(DIAGNOSES) for _ in range(random.randrange(3))],
        "frequency": "2 per week",
        "duration": "8 weeks",
        "visit_number": random.choice((0, 1, 2, 9, 10, 11, 12, 20, 21)),
        "last_progress_report_visit": random.choice((0, 1, 2, 10, 11)),
        "last_progress_report_on": near(-40, -30, -8, -7, 0),
        "goals": [goal(random, day) for _ in range(random.randrange(3))],
    }
    return {name: value for name, value in record.items() if random.random() < 0.75}


def goal(random, day):
    """A goal, met or not."""
    record = {
        "id": "G1",
        "text": random.choice(("Climb one flight of stairs with a rail", "Lift a 10 lb bag from floor to counter")),
        "measure": "5xSTS",
        "baseline": 19.0,
        "target": 12.0,
        "current": random.choice((19.0, 15.5, 12.0, 11.0)),
        "unit": "s",
        "due": (day + dt.timedelta(days=random.choice((-1, 0, 30)))).isoformat(),
    }
    return {name: value for name, value in record.items() if random.random() < 0.8}


def note(random, day):
    """A note, signed or not."""
    record = {
        "type": "daily",
        "text": "S: Reports stairs are easier. O: Lifted grocery bags to a shelf. P: Go on.",
        "signed_by": "Lena Whitcomb, PT",
        "signed_on": (day + dt.timedelta(days=random.choice((-1, 0, 1, 7, 8)))).isoformat(),
    }
    return {name: value for name, value in record.items() if random.random() < 0.8}


def provider(random, npi=None):
    """Somebody with a credential, mostly."""
    record = {"npi": npi or random.choice(NPIS)}
    if random.random() < 0.9:
        record["credential"] = random.choice(CREDENTIALS)
    if random.random() < 0.3:
        record["name"] = random.choice(("Lena Whitcomb", "Sample Physician"))
    return record


BIRTHS = ("1950-05-06", "2015-01-01", "2026-03-05")


def _people(random, record, who):
    patient = {"id": random.choice(("P-1", "P-2", "P-3")) if who is None else f"P-{who}"}
    if random.random() < 0.5:
        # Mostly the id's own, so that visits are joined; else another person may have the same id.
        own = BIRTHS[int(patient["id"][2:]) % len(BIRTHS)]
        patient["birth_date"] = own if random.random() < 0.9 else random.choice(BIRTHS)
    if random.random() < 0.05:
        patient["sex"] = random.choice("FMU")
    if random.random() < 0.9:
        record["patient"] = patient
    if random.random() < 0.9:
        record["therapist"] = provider(random, None if who is None else f"{who:010d}")
    for name, often in (("assistant", 0.3), ("supervisor", 0.2), ("referring_provider", 0.3)):
        if random.random() < often:
            record[name] = provider(random)
    if random.random() < 0.5:
        record["billing_provider"] = provider(random)


def read(record):
    """The record as a visit of the domain."""
    return from_builtins(record, Visit)


def _crowd(random, size):
    return [visit(random, who=place) for place in range(size)]


_random = st.randoms(use_true_random=False)
#: One visit record.
records = st.builds(visit, _random)
#: Visits of patients, therapists and billers that have nothing to do with one another.
crowds = st.builds(_crowd, _random, st.integers(2, 5))
#: Visits of a few patients by a few therapists, so that days and hours are shared.
clinics = st.builds(lambda random, size: [visit(random) for _ in range(size)], _random, st.integers(1, 5))
