"""Start and stop told in two places or below a plan, and the length of a visit in words that tell of nothing else."""

from __future__ import annotations

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("C2", "D11")

_BEGAN_AND_ENDED = [
    ("Time in: 9:12.", "Time out: 9:57."),
    ("Start time: 9:12", "End time: 9:57"),
    ("Pt arrived late (9:12), caregiver in waiting room.", "Ended 9:57."),
    ("Arrived at 9:12 am.", "She left at 9:57."),
    ("Tx started 0912.", "Tx ended 0957."),
    ("TIME IN | 9:12 AM", "TIME OUT | 9:57 AM"),
    ("Session began at 9:12, 12 min late.", "Session finished 9:57."),
    ("Checked in 9:12", "Left clinic at 9:57"),
    ("Treatment start 9:12 AM", "Treatment stop 9:57 AM"),
    ("Came in 10 minutes late at 9:12.", "Done at 9:57."),
    ("Clock in 0912", "Clock out 0957"),
    ("Begin: 9:12a", "End: 9:57a"),
    ("Arrival 9:12.", "Departure 9:57."),
    ("Pt seen at 9:12.", "We stopped at 9:57."),
]


@pytest.mark.parametrize("began, ended", _BEGAN_AND_ENDED)
@pytest.mark.parametrize(
    "note",
    [
        "PT 11/18/2026\n{}\nTher act 30 min: floor lifts x 8, min A. TherEx 15 min LAQ 3x10. {}\nA. Nair PT",
        "{}\nO: Ther act 30 min: floor lifts x 8, min A.\nP: cont 2x/wk\n{}\nA. Nair PT",
        (
            "{}\nS: knee sore since 8:30 this morning.\nO: Ther act 30 min: floor lifts x 8, min A.\n{}\n"
            "P: next appt 9:00 Thursday\nA. Nair PT 11/18/2026 10:31"
        ),
    ],
)
def test_start_and_stop_in_two_places(note: str, began: str, ended: str) -> None:
    times = read(note.format(began, ended)).times
    assert (times.start, times.stop) == ("09:12", "09:57")
    assert len(times.evidence["start_stop"]) == 2


@pytest.mark.parametrize(
    "figures",
    [
        "Time in [ 0912 ]  Time out [ 0957 ]   Total [ 45 ]   Timed [ 30 ]",
        "In [0912] Out [0957]",
        "time_in,09:12\ntime_out,09:57",
        "start_time: 09:12\nend_time: 09:57",
        "[9:12] joined, camera on the kitchen floor\n[9:20] wall sits 3 x 30 s\n[9:57] left the call",
        "9:12 patient joined by video\n9:20 wall sits 3 x 30 s\n9:57 call ended",
        "Last visit today, 9:12-9:57, one-on-one.",
    ],
)
def test_fields_of_forms_and_lines_of_a_log(figures: str) -> None:
    times = read(f"PT 11/18/2026\n{figures}\nTher act 30 min: floor lifts x 8, min A.\nA. Nair PT").times
    assert (times.start, times.stop) == ("09:12", "09:57")


def test_names_of_fields_with_underscores() -> None:
    times = read("timed_total,49\nvisit_total,52\n97140 15 min\n97530 24 min\n97110 10 min\n").times
    assert (times.total_timed, times.total_treatment) == (49, 52)


@pytest.mark.parametrize(
    "told",
    [
        "Last visit was 06/12, 9:30-10:00. TE 30 min",
        "Pain started 9:12 last night. TE 30 min. Pain left 9:57.",
        "HEP: start 9:00. TE 30 min. End 10:00",
        "Patient started at 3 lb and ended at 10 lb. TE 30 min",
        "Symptoms began 2:30 after lunch; TE 20 min; ended 45 sec hold",
        "Class starts 9:15, TE 30 min, class ends 10:00",
    ],
)
def test_what_else_began_and_ended(told: str) -> None:
    assert read(told).times.start is None


@pytest.mark.parametrize(
    "figures",
    [
        "In 10:02 Out 11:04",
        "Time In: 10:02 AM   Time Out: 11:04 AM",
        "Total timed: 48 min   Total tx time: 62 min   In 10:02 Out 11:04",
        "Timed Minutes: 48   Total Minutes: 62    Start 10:02 AM   End 11:04 AM",
        "TT 62 / TCM 48 / 1002-1104",
        "Tx start: 10:02\nTx end: 11:04",
        "Total timed 48 min, total 62 min (10:02-11:04)",
    ],
)
@pytest.mark.parametrize(
    "above", ["P: Cont 2x/wk x 4 wks. Increase to 20# next visit.", "HEP: bridges 2x10 daily.", "PLAN\nSee 2x/week."]
)
def test_clock_times_in_a_line_of_figures_below_the_plan(above: str, figures: str) -> None:
    note = f"O: Ther act (97530) 48 min: floor-to-waist lifts w/ 10# crate x 8.\n{above}\n{figures}\nA. Nair, PT"
    times = read(note).times
    assert (times.start, times.stop) == ("10:02", "11:04")


@pytest.mark.parametrize(
    "said",
    [
        "Individual session, 45 minutes (97530 30 min, 97110 15 min).",
        "Pt was seen 1:1 x 45 min (timed 40).",
        "Pt seen 1:1 for 45 min.",
        "Seen in clinic x 45 min.",
        "Pt seen this date for 45 minutes of skilled OT.",
        "Pt attended 45 min individual PT.",
        "45 min tx:",
        "OT tx x45 min.",
        "Pt received 45 min of PT.",
        "Treatment provided 45 min 1:1.",
        "PT: 45 min, 3 units.",
        "45-min home visit.",
    ],
)
def test_words_that_tell_only_of_the_visit_give_its_length(said: str) -> None:
    note = f"{said} Therapeutic activities 25 min: crate lifts x 8. TherEx 15 min: LAQ 3x10.\nA. Nair, PT"
    assert read(note).times.total_treatment == 45


@pytest.mark.parametrize(
    "said",
    [
        "OT 22 min, SLP 23 min co-treat.",
        "Group 30 min, individual 15 min.",
        "Pt attended 10 min late.",
        "Pt received 10 min moist heat.",
        "Standing tolerance 45 min.",
        "Pt rested 10 min (HR 90).",
    ],
)
def test_other_minutes_are_no_length_of_the_visit(said: str) -> None:
    note = f"{said} Therapeutic activities 25 min: crate lifts x 8. TherEx 12 min: LAQ 3x10.\nA. Nair, PT"
    assert read(note).times.total_treatment is None


@pytest.mark.parametrize(
    "note",
    [
        "Time In            1300\nTime Out           1338\nTher act 23 min: car transfer x 5.",
        "11/05/2026  |  start 1:00 pm\nTher act 23 min: car transfer x 5.\nPlan: 2x/week.\nTimed 23 min. Stop 1:38 pm.",
        "Arrived 1:00, HR 74. Ther act 23 min: car transfer x 5, stopped at 200 ft. Plan: 3x/wk. Left 1:38.",
    ],
)
def test_times_in_columns_and_below_the_plan(note: str) -> None:
    times = read(f"{note}\nA. Nair, PT").times
    assert (times.start, times.stop) == ("13:00", "13:38")


def test_totals_behind_a_goal_in_its_line_are_of_the_visit() -> None:
    note = "PT. TA 25 min: lifts x 8. Goal: lift 20 lb x 10 by 8/10. Stopped at 15 lb. Timed 25. Total 50.\nA. Nair, PT"
    times = read(note).times
    assert (times.total_timed, times.total_treatment) == (25, 50)


@pytest.mark.parametrize("said", ["38/45 timed/total.", "38 / 45 min timed/total", "38/45 (timed / treatment)"])
def test_two_figures_before_their_names(said: str) -> None:
    times = read(f"Gait 15 min, TA 23 min. {said}\nWalked 200 ft, SBA; pickup transfer x 4.\nA. Nair, PT").times
    assert (times.total_timed, times.total_treatment) == (38, 45)
