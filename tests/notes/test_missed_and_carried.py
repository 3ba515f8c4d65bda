"""A visit that took place is none that was missed, and work that carries things carries no text over."""

import pytest

from quarterhour.notes import read

_WORK = "Therapeutic activities 24 min: lifting 10 lb crate floor to waist x 8, min A."


def _status(text):
    return {service.status for service in read(text).services}


@pytest.mark.parametrize(
    "said",
    [
        "S: Pt missed visit Monday because of snow.",
        "S: Did not attend church Sunday.",
        "S: Wife cancelled appointment with surgeon.",
        "S: No-show last Friday, sorry about it.",
        "No show last Friday, here today.",
        "Not seen today for SLP; PT only.",
        "O: Treatment held briefly for BP 180/100, then resumed.",
        "S: His ortho appointment was cancelled.",
    ],
)
def test_a_missed_appointment_beside_a_treatment_is_another(said):
    reading = read(f"{said}\n{_WORK}\nTimed 24 min.\nJane Doe, PT")
    assert [(one.code, one.minutes, one.status) for one in reading.services] == [("97530", 24, "performed")]
    assert [one.level for one in reading.assistance] == ["minimal"]


@pytest.mark.parametrize(
    "text",
    [
        "MISSED VISIT - 12/02/2025 - Physical Therapy\nScheduled 2:00 PM, 45 min. Planned 97530 24 min: lifting.",
        "CANCELLATION 11/20/2026\nChild sick. Was to do TA 24 min lifting crates.",
        "11/02/26 No show. Planned TA 24 min: lifting crates x 8.",
        "Pt cancelled today's visit. TA 24 min lifting not given. No charge.",
        "S: BP 198/112.\nO: treatment withheld. TA 24 min lifting crates not started.",
    ],
)
def test_a_visit_that_was_missed_has_nothing_performed(text):
    assert "performed" not in _status(text)


@pytest.mark.parametrize(
    "said",
    [
        "Pt carried over log rolling from mat to bed.",
        "Crate carried from 30 in shelf to counter.",
        "Tray carried forward 20 ft without spilling.",
        "Basket carried over two curbs.",
    ],
)
def test_carrying_things_is_work_of_today(said):
    assert _status(f"O: {said} {_WORK}") == {"performed"}


@pytest.mark.parametrize(
    "said",
    ["Carried forward from 09/12:", "[carried over]", "Copied from last note:", "--- carried over from prior note ---"],
)
def test_what_another_note_says_is_not_of_today(said):
    assert _status(f"{said} {_WORK}") == {"prior_visit"}


def test_a_total_is_not_the_minutes_of_the_service_above_it():
    read_minutes = {one.code: one.minutes for one in read("97530: 24\n97110: 15\n97140 - 8\nTotal time: 47").services}
    assert read_minutes == {"97530": 24, "97110": 15, "97140": 8}
    reading = read("Manual therapy\nTotal time 45 min\nTA 23 min lifting crates; TE 15 min quad sets.")
    assert {one.code: one.minutes for one in reading.services} == {"97140": None, "97530": 23, "97110": 15}
    assert reading.times.total_treatment == 45


def test_a_break_is_not_the_visit():
    times = read("Time in 9:00, time out 9:45. Rest break 9:20-9:30. TA 30 min lifting crate.").times
    assert (times.start, times.stop, times.total_treatment) == ("09:00", "09:45", 45)


@pytest.mark.parametrize("order", ["Continue", "Cont.", "Resume", "Progress to"])
def test_an_order_is_a_plan_and_what_was_continued_was_done(order):
    orders = read(f"97530 24 min:\n- {order} stair climbing with laundry basket, 12 steps")
    assert {one.status for one in orders.activities} == {"planned"}
    done = read("97530 24 min:\n- Continued stair climbing with laundry basket, 12 steps, CGA\n- Resumed lifting x 8")
    assert {one.status for one in done.activities} == {"performed"}


def test_rows_of_services_are_not_the_visit():
    rows = "9:00-9:24 AM   97530   Therapeutic activities   24 min\n9:24-9:36 AM   95851   ROM measurement and report\n"
    times = read(f"{rows}Total timed minutes 24     Total treatment time 36\nO: lifting a crate x 8.").times
    assert (times.start, times.stop, times.total_treatment) == (None, None, 36)


def test_a_visit_in_two_parts_has_no_one_range():
    times = read("Seen 11:30-12:00 and 12:30-13:00. Lunch 12:00-12:30. TA 60 min lifting crate.").times
    assert (times.start, times.stop, times.total_treatment) == (None, None, None)


def test_a_range_told_with_the_minutes_of_one_service_is_not_that_of_the_next():
    reading = read("Therapeutic exercises, 97110, 15 minutes, 7:41-7:56: NMES to quads.")
    assert [(one.code, one.minutes) for one in reading.services if one.minutes] == [("97110", 15)]
