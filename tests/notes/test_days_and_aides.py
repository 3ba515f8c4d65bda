"""The date a note calls that of the service, and services an aide gave."""

import datetime as dt

import pytest

from quarterhour.notes import read

_WORK = "Therapeutic activities 24 min: lifting 10 lb crate floor to waist x 8, min A."


@pytest.mark.parametrize(
    "head, day",
    [
        ("DOS: 03/04/2026", dt.date(2026, 3, 4)),
        ("Date of service 03/04/2026   Visit 6", dt.date(2026, 3, 4)),
        ("PT daily note\nDate: Wednesday, 03/04/2026", dt.date(2026, 3, 4)),
        ("Patient: A. B.    Date: 03/04/2026", dt.date(2026, 3, 4)),
        ("Date of service: March 4, 2026", dt.date(2026, 3, 4)),
        ("DOS Mar. 4th, 2026", dt.date(2026, 3, 4)),
        ("Date: Wednesday, March 4 2026", dt.date(2026, 3, 4)),
        ("DOS: 4 March 2026", dt.date(2026, 3, 4)),
        ("DOS 04-Mar-2026", dt.date(2026, 3, 4)),
        ("DOS 3.4.2026", dt.date(2026, 3, 4)),
        ("DOS: March 4", None),
        ("Surgery date: January 5, 2026", None),
        ("Onset date 01/05/2026", None),
        ("Surgery date: 01/05/2026", None),
        ("Reporting period 02/01/2026 - 03/04/2026", None),
        ("03/04/2026 PT", None),
        ("DOS: 03/04", None),
    ],
)
def test_only_a_date_that_is_called_so_is_the_day_of_the_service(head, day):
    assert read(f"{head}\n{_WORK}").named_day == day


@pytest.mark.parametrize(
    "said",
    [
        "TA 24 min provided by aide: lifting crates x 8.",
        "97530 24 min, performed by the rehab aide, lifting crates x 8.",
        "Therapeutic activities 24 min with a therapy tech: lifting crates x 8.",
        "Rehab aide led therapeutic activities 24 min: lifting crates x 8.",
    ],
)
def test_a_service_an_aide_gave(said):
    reading = read(said)
    (place,) = reading.by_aide
    assert "aide" in said[slice(*place)] or "tech" in said[slice(*place)]


@pytest.mark.parametrize(
    "said",
    [
        "TA 24 min: sliding board transfer, max A x 2 with the rehab aide.",
        "TA 24 min by the PT; aide present for safety.",
        "Home health aide instructed in transfers; TA 24 min lifting.",
        "Last visit TE 15 min was done by the aide. TA 24 min lifting today.",
        "Plan: walking program to be performed by rehab aide.",
        "Used good technique. TA 24 min lifting.",
    ],
)
def test_an_aide_who_helps_gives_no_service(said):
    assert read(said).by_aide == ()


@pytest.mark.parametrize(
    "said, code, minutes",
    [
        ("97530 30 min: car transfers x 5.\nTreatment provided by Sam Lee, PTA, supervised by K. Ruiz, PT.", "", None),
        ("97530 30 min (PT 15 min, PTA 15 min): car transfers x 5.", "97530", 15),
        ("97530 30 min: car transfers x 5. First 15 min done by PT and last 15 min by PTA alone.", "97530", 15),
        ("97116 Gait - 23 min by COTA/L: FWW 60 ft x 3.", "97116", 23),
        ("97530 | PTA | 1000-1016 | 16 min", "97530", 16),
        ("Clinician today: Petra Hall, PTA. PT of record: S. Imai, PT\n97530 30 min: car transfers x 5.", "", None),
        ("97530 30 min: car transfers x 5.\nSigned by Sam Lee, PTA 3/4/26\nCosigned: K. Ruiz, PT 3/5/26", "", None),
    ],
)
def test_a_service_an_assistant_gave(said, code, minutes):
    (told,) = read(said).as_reading().by_assistant
    assert (told.code or "", told.minutes) == (code, minutes)


@pytest.mark.parametrize(
    "said",
    [
        "97530 30 min: sliding board transfer, max A x 2 with the PTA as second person.",
        "97530 30 min by PT; PTA present for safety.",
        "97530 30 min by PT and PTA together: car transfers x 5.",
        "97530 30 min: car transfers x 5.\nPlan: next visit 30 min by PTA.",
        "Last visit 97110 15 min was done by the PTA. 97530 30 min: car transfers x 5 today.",
        "Lived alone PTA. 97530 30 min: car transfers x 5.\nK. Ruiz, PT",
        "97530 30 min: car transfers x 5.\nSam Lee, PTA / K. Ruiz, PT",
    ],
)
def test_an_assistant_who_helps_gives_no_service(said):
    assert read(said).as_reading().by_assistant == ()
