"""What follows the patient's return, practice told by times of the day, work put off, and instruction given."""

from __future__ import annotations

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("D2")

_DONE = "O: Therapeutic exercise 20 min: bridges x 20.\n"


def _told(said: str, word: str) -> list[tuple[str, str]]:
    """Class and status of the activities of ``said`` that hold ``word``."""
    text = _DONE + said
    return [(item.kind, item.status) for item in read(text).activities if word in text[item.start : item.end]]


@pytest.mark.parametrize(
    "said, word",
    [
        ("Back on Monday, then we start the curbs with a bag.", "curbs"),
        ("Returns Thursday, then we start tub transfers.", "tub"),
        ("She comes back 6/14, and then she does lunges.", "lunges"),
        ("Again in two weeks, then car transfers.", "car"),
        ("See him Friday, and then step-downs.", "step-downs"),
    ],
)
def test_what_follows_a_return_is_ahead(said, word):
    assert [status for _, status in _told(said, word)] == ["planned"]


@pytest.mark.parametrize(
    "said, word",
    [
        ("Back to the mat, then wall slides x 10.", "wall slides"),
        ("Back at work since Monday, then did lunges x 10 here.", "lunges"),
    ],
)
def test_going_back_to_a_place_looks_not_ahead(said, word):
    assert "planned" not in [status for _, status in _told(said, word)]


@pytest.mark.parametrize(
    "said, word",
    [
        ("Towel stretch 5 min morning and night.", "Towel"),
        ("Clamshells 10 mornings and evenings.", "Clamshells"),
        ("Nerve glides x 10 AM and PM.", "Nerve"),
        ("Heel slides 20 before meals.", "Heel"),
    ],
)
def test_times_of_the_day_are_a_dose_of_home_practice(said, word):
    assert {status for _, status in _told(said, word)} == {"home_program"}


@pytest.mark.parametrize(
    "said, word",
    [
        ("Pill box filling with morning and evening rows.", "Pill box"),
        ("Sock aid x 3, dressing as she does it morning and night.", "dressing"),
    ],
)
def test_times_of_the_day_in_a_name_or_a_habit_are_no_dose(said, word):
    assert {status for _, status in _told(said, word)} == {"performed"}


@pytest.mark.parametrize(
    "said, status",
    [
        ("Stair climbing put off.", "negated"),
        ("Stair climbing postponed, too sore.", "negated"),
        ("Stair climbing postponed to Friday.", "planned"),
        ("Stair climbing put off until the wound is closed.", "planned"),
    ],
)
def test_what_is_put_off_without_a_day_was_only_not_done(said, status):
    assert [found for _, found in _told(said, "Stair")] == [status]


@pytest.mark.parametrize(
    "said, word",
    [
        ("Husband shown how to stand on her left without reaching in.", "Husband"),
        ("Handout on posture given.", "Handout"),
        ("Leaflet on energy conservation issued.", "Leaflet"),
        ("P: 1x/wk. Parents shown a reading routine.", "Parents"),
        ("P: 1x/wk. Two aides taught the pivot.", "aides"),
    ],
)
def test_instruction_told_as_given_was_given_here(said, word):
    assert _told(said, word) == [("education", "performed")]


@pytest.mark.parametrize(
    "said, word, status",
    [
        ("Given handout of clams to do at home.", "clams", "home_program"),
        ("Sheet of neck stretches given.", "neck", "home_program"),
        ("P: 1x/wk. Next visit aides to be taught the pivot.", "aides", "planned"),
    ],
)
def test_exercises_handed_out_and_instruction_ahead_were_not_done_here(said, word, status):
    assert {found for _, found in _told(said, word)} <= {status}
