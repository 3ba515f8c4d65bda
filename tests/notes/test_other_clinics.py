"""Wordings of clinics nobody had shown the reader: short names, figures and codes in words, totals without the word,
how many were treated, what was left out, and ties and reasons by their shape.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

_BED = "Therapeutic activities 25 min: bed mobility x 4, min A.\n"


@pytest.mark.covers("D4", "T4")
@pytest.mark.parametrize(
    "text, wanted",
    [
        ("TherX 14 min: chin nods. TA 10 min: reading.", {"97110": 14, "97530": 10}),
        ("* Neuro - 15 mins - single leg\n* Ther Ex - 10 mins - bridges", {"97112": 15, "97110": 10}),
        ("TA 23' / ADL 15' / tot 38' / ADL retraining", {"97530": 23, "97535": 15}),
        (
            "Manual 20 min release. Exercise 15 min nods. Activity 10 min head turn.",
            {"97140": 20, "97110": 15, "97530": 10},
        ),
        (
            "08:15-08:27  Manual (12 min)\n08:27-08:44  Exercise (17 min)\n08:44-09:12  Activity training (28 min)",
            {"97140": 12, "97110": 17, "97530": 28},
        ),
        ("8:15a-8:27a Manual (12 min)\n8:27a-8:44a Exercise (17 min)", {"97140": 12, "97110": 17}),
        ("Manual x 12', Exercise x 17', Activities x 28'", {"97140": 12, "97110": 17, "97530": 28}),
        ("exercise: 17 min / manual: 12 min / activities: 28 min", {"97140": 12, "97110": 17, "97530": 28}),
        ("Today: eval 45 min (untimed) and 97530 15 min sit to stand.", {None: 45, "97530": 15}),
        (
            "Twenty minutes of strengthening and twenty-three minutes of functional lifting.",
            {"97110": 20, "97530": 23},
        ),
        ("Fifteen minutes on balance, then twenty-five minutes of functional reaching.", {"97112": 15, "97530": 25}),
        ("97530 / 25 min sorting clothes; 97140 / 10 min massage", {"97530": 25, "97140": 10}),
        (
            "Date,Code,Service,Start,Stop,Minutes\n11/17/2026,97530,TA,14:00,14:21,21\n11/17/2026,97110,TE,14:21,14:37,16",
            {"97530": 21, "97110": 16},
        ),
        ("date;code;minutes\n11/17/2026;97530;21\n11/17/2026;97110;16", {"97530": 21, "97110": 16}),
        ("Code,Minutes\n97530,21\n97110,16\ntotal,37", {"97530": 21, "97110": 16}),
        (
            "Ninety-seven five thirty, twenty-five minutes. Ninety seven one ten, thirteen minutes.",
            {"97530": 25, "97110": 13},
        ),
        ("Nine seven one four oh for fifteen minutes.", {"97140": 15}),
        ("Fifty minutes, ninety-two five oh seven.", {"92507": 50}),
        ("ninety-seven one sixteen gait fifteen minutes", {"97116": 15}),
        ("P: 2x weekly, 8 weeks.\nFirst treatment 97530 15 min: hair brushing", {"97530": 15}),
        (
            "Physical therapy discharge\nLast visit: 97530 15 min, plates from the dishwasher; 97110 15 min, bands.",
            {"97530": 15, "97110": 15},
        ),
        # not a service's minutes
        ("Last visit: 97530 15 min, plates. Timed 30.", {}),
        ("97530 25 min\nExercise 10 min on bike, stairs 15 min.", {"97530": 25}),
        ("Neuro: intact. TA 25 min stairs", {"97530": 25}),
        ("Balance: 12 s. TE 15 min squats.", {"97110": 15}),
        ("TA 25 min: stairs. Tolerates activity 10 min before rest.", {"97530": 25}),
        ("TE 15 min. Activity tolerance 10 min.", {"97110": 15}),
        ("Standing activity 10 min at counter. TE 15 min", {"97110": 15}),
        ("Ninety seven percent saturation, five thirty foot walks.", {}),
    ],
)
def test_minutes_of_services(text: str, wanted: dict[str | None, int]) -> None:
    services = read(text).as_dict()["services"]
    given = {s["code"]: s["minutes"] for s in services if s["minutes"] is not None and s["status"] == "performed"}
    assert given == wanted


_KEYS = {"timed": "total_timed_minutes", "total": "total_treatment_minutes", "start": "start", "stop": "stop"}


@pytest.mark.covers("D4", "T4", "T5")
@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Time total (timed) = 40 mins\nTime total (all) = 42 mins", {"timed": 40, "total": 42}),
        ("TCM 38  TTM 40\nhip 4-way", {"timed": 38, "total": 40}),
        ("timed 50 min, whole visit 52 min", {"timed": 50, "total": 52}),
        ("P: Continue 2x/week.\ntimed 50 min, whole visit 50 min", {"timed": 50, "total": 50}),
        ("Timed 15 min; all 55 min.", {"timed": 15, "total": 55}),
        ("TA 38 min. Timed 38. On the floor 48 minutes.", {"timed": 38, "total": 48}),
        ("TA 38 min. Timed 38'. In room 55'", {"timed": 38, "total": 55}),
        ("Timed sum 53'    In room 55'", {"timed": 53, "total": 55}),
        ("Full session 45 min. TA 30.", {"total": 45}),
        ("with PT 45 min", {"total": 45}),
        ("Minutes 45 of which timed 38.", {"timed": 38, "total": 45}),
        ("45 min, of which 38 timed.", {"timed": 38, "total": 45}),
        ("45 minutes, of them 38 min were timed.", {"timed": 38, "total": 45}),
        ("Minutes of timed codes: 30. Minutes of therapy in all: 75.", {"timed": 30, "total": 75}),
        ("timed,37\ntotal,40", {"timed": 37, "total": 40}),
        ("Minutes under timed codes 57   |   Minutes in treatment 60", {"timed": 57, "total": 60}),
        ("Arrived/left: 1035/1120.", {"start": "10:35", "stop": "11:20", "total": 45}),
        ("Time in/out 9:05/9:50", {"start": "09:05", "stop": "09:50", "total": 45}),
        ("Eval 40 min. TA 15 min. 2:05–3:00 PM.", {"start": "14:05", "stop": "15:00", "total": 55}),
        (
            "Started at ten past two and finished at seven minutes to three.",
            {"start": "14:10", "stop": "14:53", "total": 43},
        ),
        ("From half past nine to ten fifteen.", {"start": "09:30", "stop": "10:15", "total": 45}),
        (
            "Seen from a quarter to eleven until twenty-five past eleven.",
            {"start": "10:45", "stop": "11:25", "total": 40},
        ),
        ("Started at nine fifteen and finished at a quarter to ten.", {"start": "09:15", "stop": "09:45", "total": 30}),
        ("Back pain 4/10. Started 9:05, ended 9:50.", {"start": "09:05", "stop": "09:50", "total": 45}),
        # days, years and counts are no clock times
        ("Tobin Ashby, PT / Nov 19, 2026 11:02", {}),
        ("Signed 19 Nov 2026 1102", {}),
        ("Tobin Ashby, PT 11-19-2026 1102", {}),
        ("11/19/2026 - 11:02 Tobin Ashby, PT", {}),
        ("He walked half past the sofa to ten cones.", {}),
        ("Balance improved, five to ten reps, a quarter to half turn.", {}),
        ("Needed all 55 min of patience.", {}),
    ],
)
def test_totals_and_clock_times(text: str, wanted: dict[str, int | str]) -> None:
    times = read(text).as_dict()["times"]
    assert {key: times[name] for key, name in _KEYS.items() if times[name] is not None} == wanted


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "said, grade",
    [
        ("Mode: solo", "present"),
        ("patient only", "present"),
        ("Individual.", "present"),
        ("one client, one COTA", "present"),
        ("1 patient/1 therapist", "present"),
        ("no other patient in the room", "present"),
        ("no other clients present", "present"),
        ("The only client in the room", "present"),
        ("Treated alongside two other patients", "present"),
        ("Seen with one other patient", "present"),
        ("shared with a second patient", "present"),
        ("11:00 joint session with SLP", "present"),
        ("four of them at the table", "present"),
        ("in a pair with another resident", "present"),
        ("Solo stairs x 3", "absent"),
        ("lives solo", "absent"),
        ("walks solo to the store", "absent"),
    ],
)
def test_how_many_were_treated(said: str, grade: str) -> None:
    note = f"O: TA 25 min: car transfers x 4. {said}."
    assert read(note).as_dict()["elements"]["one_on_one_or_group"]["grade"] == grade


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "text",
    [
        "Not done: jar opening and weighted wrist curls, incision pink.",
        "Deferred today: stairs, curbs.",
        "Skipped: stairs and the bike.",
        "Refused: stair climbing, curb",
        "Today no jar opening or weighted curls.",
        "To come: twice weekly, curb with a shopping cart.",
        "On deck: stairs.",
        "Coming up: stairs.",
        "Curbs and ramps still to do.",
        "Next: stairs, curbs.",
        "next - stairs, car transfers",
        "Last time (not today): stairs.",
        "Manual 15 min (suboccipital release) last visit.",
        "[auto-forwarded 08/14/2026] Stairs x 4, car transfers.\n[today] Manual 20 min.",
        "Imported from last note: stairs x 4.",
    ],
)
def test_what_was_not_done_in_this_visit(text: str) -> None:
    later = [act for act in read(_BED + text).as_dict()["activities"] if act["start"] >= len(_BED)]
    assert later
    assert "performed" not in {act["status"] for act in later}


@pytest.mark.covers("D2")
def test_what_an_addendum_calls_left_out_was_done() -> None:
    text = "Addendum: left out: tactile and verbal cues x 3 on scaption."
    assert read(text).as_dict()["assistance"]


_LIFT = "Therapeutic activities 25 min: lifting the thirty pound bag of dog food to the bin, crate lifts x 5. "


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "told",
    [
        "His goal is to feed and lift the two dogs again.",
        "The patient's aim is to lift the dog food alone.",
        "Crates and bags are his job at work.",
        "Lifting and crates are named by him as the first things lost.",
        "Today's bags are his morning load.",
    ],
)
def test_ties_to_the_patients_life(told: str) -> None:
    assert read(_LIFT + told).as_dict()["elements"]["goal_linkage"]["grade"] == "present"


@pytest.mark.covers("D11")
@pytest.mark.parametrize("told", ["His goal is to sing in the choir.", "The goal is unchanged.", "He is pleasant."])
def test_an_aim_that_nothing_done_serves_is_no_tie(told: str) -> None:
    assert read(_LIFT + told).as_dict()["elements"]["goal_linkage"]["grade"] != "present"


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "told",
    [
        "Looking down at the bucket sets off her dizziness, so the order was changed: eyes fixed first, then bend.",
        "The left knee buckles on the step, so the load was cut to the rail side.",
        "Sensation stops at the ankle, so PT had her look at the foot and swapped the quad cane for a single tip.",
        "Blood pressure and the left leg drop from day to day; how hard to push has to be decided in the session.",
    ],
)
def test_reasons_that_changed_the_work(told: str) -> None:
    assert read(_LIFT + told).as_dict()["elements"]["skilled_rationale"]["grade"] == "present"


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "told",
    [
        "Kitchen corner, standing easel.",
        "Counter at 36 in.",
        "Line at 5 ft, concrete step.",
        "Upright at table with spoon and cup.",
    ],
)
def test_set_ups(told: str) -> None:
    assert read(_LIFT + told).as_dict()["elements"]["environment"]["grade"] == "present"


@pytest.mark.covers("C2")
@pytest.mark.parametrize("criterion", ["no help, by 12/03/2026", "SBA by Nov 30", "min A by discharge"])
def test_the_criterion_of_a_goal_is_no_help_given(criterion: str) -> None:
    text = f"TA 25 min: stairs x 4.\nGet up from the kneeler with one hand, {criterion}."
    assert not read(text).as_dict()["assistance"]
